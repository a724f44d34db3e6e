/** Generates completion scripts for shells from the declared commands and options. */
import type { Command } from "commander";

export type Shell = "bash" | "zsh" | "fish" | "pwsh";

/** What a script needs to know about a command. */
interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletedOption[];
}

interface CompletedOption {
  /** `--format`, and `-o` where there is a short form. */
  readonly flags: readonly string[];
  readonly description: string;
  readonly takesValue: boolean;
  /** Empty where the value is free. */
  readonly choices: readonly string[];
}

/** A script for the shell that completes commands, options, the words of options, and files. */
export function renderCompletion(shell: Shell, program: Command): string {
  const commands = program.commands.map(toCompleted);
  switch (shell) {
    case "bash":
      return renderBash(commands);
    case "zsh":
      return renderZsh(commands);
    case "fish":
      return renderFish(commands);
    case "pwsh":
      return renderPwsh(commands);
  }
}

function toCompleted(command: Command): CompletedCommand {
  return {
    name: command.name(),
    summary: command.summary(),
    options: command.options.map((option) => ({
      flags: [option.short, option.long].filter((flag) => typeof flag === "string"),
      description: option.description,
      // An optional value is not the next word but behind a `=`.
      takesValue: option.required,
      choices: option.required ? (option.argChoices ?? []) : [],
    })),
  };
}

function renderBash(commands: readonly CompletedCommand[]): string {
  const cases = commands.map(({ name, options }) => {
    const flags = options.flatMap((option) => option.flags).join(" ");
    return `    ${name}) COMPREPLY+=($(compgen -W "${flags}" -- "$word")) ;;`;
  });
  return `# bash completion of inceptc
_inceptc() {
  local word="\${COMP_WORDS[COMP_CWORD]}" command="\${COMP_WORDS[1]}" before="\${COMP_WORDS[COMP_CWORD-1]}"
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(" ")}" -- "$word"))
    return
  fi
  case "$command $before" in
${choiceCases(commands)}
  esac
  case "$word" in -*) ;; *) COMPREPLY=($(compgen -f -- "$word")); return ;; esac
  case "$command" in
${cases.join("\n")}
  esac
}
complete -o filenames -F _inceptc inceptc
`;
}

/** Bash cases for the words that follow an option. */
function choiceCases(commands: readonly CompletedCommand[]): string {
  return commands
    .flatMap(({ name, options }) =>
      options
        .filter(({ choices }) => choices.length > 0)
        .map(({ flags, choices }) => {
          const patterns = flags.map((flag) => `"${name} ${flag}"`).join("|");
          return `    ${patterns}) COMPREPLY=($(compgen -W "${choices.join(" ")}" -- "$word")); return ;;`;
        }),
    )
    .join("\n");
}

function renderZsh(commands: readonly CompletedCommand[]): string {
  const described = commands.map(({ name, summary }) => `    ${quote(`${name}:${summary}`)}`);
  const cases = commands.map(({ name, options }) => {
    const specs = options.flatMap(({ flags, description, takesValue, choices }) =>
      flags.map((flag) => {
        const words = choices.length > 0 ? `:value:(${choices.join(" ")})` : ":value:_files";
        const text = description.replace(/[[\]:]/g, (sign) => `\\${sign}`);
        return quote(`*${flag}[${text}]${takesValue ? words : ""}`);
      }),
    );
    return `    ${name}) _arguments ${[...specs, quote("*:file:_files")].join(" \\\n      ")} ;;`;
  });
  return `#compdef inceptc
# zsh completion of inceptc
_inceptc() {
  local -a commands=(
${described.join("\n")}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command="$words[2]"
  shift words
  (( CURRENT-- ))
  case "$command" in
${cases.join("\n")}
  esac
}
if [ "$funcstack[1]" = _inceptc ]; then _inceptc "$@"; else compdef _inceptc inceptc; fi
`;
}

function renderFish(commands: readonly CompletedCommand[]): string {
  const lines = commands.flatMap(({ name, summary, options }) => [
    `complete -c inceptc -n __fish_use_subcommand -f -a ${name} -d ${fishQuote(summary)}`,
    ...options.map(({ flags, description, takesValue, choices }) => {
      const names = flags.map((flag) =>
        flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`,
      );
      const value = takesValue ? " -r" : "";
      const words = choices.length > 0 ? ` -f -a ${fishQuote(choices.join(" "))}` : "";
      return `complete -c inceptc -n "__fish_seen_subcommand_from ${name}" ${names.join(" ")}${value}${words} -d ${fishQuote(description)}`;
    }),
  ]);
  return `# fish completion of inceptc\n${lines.join("\n")}\n`;
}

function renderPwsh(commands: readonly CompletedCommand[]): string {
  const table = commands.map(({ name, options }) => {
    const flags = options.flatMap((option) => option.flags).map((flag) => `'${flag}'`);
    return `    '${name}' = @(${flags.join(", ")})`;
  });
  const choices = commands.flatMap(({ name, options }) =>
    options
      .filter((option) => option.choices.length > 0)
      .flatMap((option) =>
        option.flags.map(
          (flag) =>
            `    '${name} ${flag}' = @(${option.choices.map((word) => `'${word}'`).join(", ")})`,
        ),
      ),
  );
  return `# PowerShell completion of inceptc
Register-ArgumentCompleter -Native -CommandName inceptc -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $options = @{
${table.join("\n")}
  }
  $choices = @{
${choices.join("\n")}
  }
  $words = @($commandAst.CommandElements | ForEach-Object { $_.ToString() })
  $done = if ($wordToComplete -eq '') { $words } else { $words[0..($words.Count - 2)] }
  $found = if ($done.Count -le 1) { $options.Keys | Sort-Object }
    elseif ($choices.ContainsKey("$($words[1]) $($done[-1])")) { $choices["$($words[1]) $($done[-1])"] }
    elseif ($wordToComplete -like '-*') { $options[$words[1]] }
  $found | Where-Object { $_ -like "$wordToComplete*" } |
    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
}
`;
}

/** In single quotes, as sh and zsh read them. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** In single quotes, as fish reads them: a backslash stands before a quote or a backslash. */
function fishQuote(text: string): string {
  return `'${text.replace(/['\\]/g, (sign) => `\\${sign}`)}'`;
}
