using System.Text;

namespace Tepui.Runtime.Flags;

/// <summary>Prints a table of flags for people.</summary>
public static class FlagText
{
    /// <summary>For <c>--help</c>: the flags that do something, one per paragraph; then the names of the others.</summary>
    public static string Help(FlagTable table)
    {
        var text = new StringBuilder();
        foreach (var flag in table.Flags.Where(f => f.Status == FlagStatus.Works))
        {
            text.Append("  --").Append(flag.Name).Append(flag.Type == FlagType.Boolean ? "[=true|false]" : "=" + Hint(flag)).Append('\n');
            text.Append("        ").Append(flag.Meaning);
            if (flag.Default is { Length: > 0 } standard)
            {
                text.Append(" Default: ").Append(standard).Append('.');
            }

            text.Append('\n');
        }

        text.Append($"\nEach may also be set by TEPUI_NAME or {table.Flags[0].Prefix}_NAME in the environment; a value file://PATH is read from that file.\n");
        text.Append("Accepted without effect: ").AppendJoin(", ", table.Flags.Where(f => f.Status == FlagStatus.Ignored).Select(f => f.Name)).Append(".\n");
        text.Append("Known, but not supported yet: ").AppendJoin(", ", table.Flags.Where(f => f.Status == FlagStatus.NotYet).Select(f => f.Name)).Append(".\n");
        return text.ToString();
    }

    /// <summary>For the documentation: a Markdown table of all flags with what each does here.</summary>
    public static string Markdown(FlagTable table)
    {
        var text = new StringBuilder("| flag | default | here | meaning, remarks |\n|---|---|---|---|\n");
        foreach (var flag in table.Flags)
        {
            var status = flag.Status switch
            {
                FlagStatus.Works => "works",
                FlagStatus.Ignored => "accepted, no effect",
                _ => "not yet",
            };
            var standard = flag.Default is { Length: > 0 } value ? $"`{Cell(value)}`" : "";
            var remark = flag.Note.Length > 0 ? $" ({Cell(flag.Note)})" : "";
            text.Append("| `").Append(flag.Name).Append("` | ").Append(standard).Append(" | ").Append(status).Append(" | ").Append(Cell(flag.Meaning)).Append(remark).Append(" |\n");
        }

        return text.ToString();
    }

    private static string Hint(Flag flag) => flag.Type switch
    {
        FlagType.Choice => string.Join('|', flag.Choices),
        FlagType.Duration => "DURATION",
        FlagType.Bytes => "BYTES",
        FlagType.Integer or FlagType.Number => "NUMBER",
        FlagType.Percent => "PERCENT",
        FlagType.Address => "ADDRESS",
        FlagType.Json => "JSON",
        _ => "TEXT",
    };

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
