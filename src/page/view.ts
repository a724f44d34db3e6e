/** Pan, zoom and fit of the figure in its frame. */

export interface View {
  /** Pans by pixels of the screen. */
  move(right: number, down: number): void;
  /** Zooms about the middle. */
  zoom(factor: number): void;
  /** Shows the whole width, from the top. */
  fit(): void;
  /** Pans until a place on the screen is in the middle. */
  center(place: DOMRect): void;
  /** Whether the pointer has just panned, so that its release is not a click. */
  hasDragged(): boolean;
}

const MIN_SCALE = 0.05;
const MAX_SCALE = 8;
/** Pixels that the pointer may move during a click. */
const STRAY = 4;

export function createView(frame: HTMLElement, figure: HTMLElement): View {
  let x = 0;
  let y = 0;
  let scale = 1;
  let start: { readonly x: number; readonly y: number } | undefined;
  let dragged = false;

  const show = (): void => {
    figure.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
  };
  const zoomAt = (factor: number, atX: number, atY: number): void => {
    const next = Math.min(MAX_SCALE, Math.max(MIN_SCALE, scale * factor));
    x = atX - ((atX - x) * next) / scale;
    y = atY - ((atY - y) * next) / scale;
    scale = next;
    show();
  };
  const move = (right: number, down: number): void => {
    x += right;
    y += down;
    show();
  };

  frame.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const { left, top } = frame.getBoundingClientRect();
      zoomAt(Math.exp(-event.deltaY * 0.0015), event.clientX - left, event.clientY - top);
    },
    { passive: false },
  );
  frame.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    start = { x: event.clientX, y: event.clientY };
    dragged = false;
  });
  window.addEventListener("pointermove", (event) => {
    if (!start) return;
    const strays = Math.hypot(event.clientX - start.x, event.clientY - start.y) > STRAY;
    if (!dragged && !strays) return;
    dragged = true;
    frame.classList.add("dragging");
    move(event.clientX - start.x, event.clientY - start.y);
    start = { x: event.clientX, y: event.clientY };
  });
  const release = (): void => {
    start = undefined;
    frame.classList.remove("dragging");
  };
  window.addEventListener("pointerup", release);
  window.addEventListener("pointercancel", release);

  return {
    move,
    zoom: (factor) => zoomAt(factor, frame.clientWidth / 2, frame.clientHeight / 2),
    fit: () => {
      const { offsetWidth, offsetHeight } = figure;
      const across = frame.clientWidth / offsetWidth;
      const down = frame.clientHeight / offsetHeight;
      // A long network is read from its top, at a size that can be read.
      scale = Math.min(1.25, across, Math.max(down, 0.9));
      x = (frame.clientWidth - offsetWidth * scale) / 2;
      y = Math.max(0, (frame.clientHeight - offsetHeight * scale) / 2);
      show();
    },
    center: (place) => {
      const { left, top } = frame.getBoundingClientRect();
      const middleX = place.left + place.width / 2 - left;
      const middleY = place.top + Math.min(place.height, frame.clientHeight) / 2 - top;
      move(frame.clientWidth / 2 - middleX, frame.clientHeight / 2 - middleY);
    },
    hasDragged: () => dragged,
  };
}
