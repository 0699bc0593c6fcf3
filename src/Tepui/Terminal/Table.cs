using System.Text;

namespace Tepui.Terminal;

/// <summary>Left-aligned columns, as wide as their widest cell; plain text, so that it can be piped to grep and awk.</summary>
internal sealed class Table(params string[] headers)
{
    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row with one cell per header. Line breaks and other control characters, which messages of tasks may hold, become spaces.</summary>
    public void Add(params string[] cells) => _rows.Add([.. cells.Select(Plain)]);

    /// <summary>Prints the header and all rows.</summary>
    public void WriteTo(TextWriter output)
    {
        var widths = headers.Select((header, column) => _rows.Select(row => row[column].Length).Append(header.Length).Max()).ToArray();
        WriteRow(output, headers, widths);
        foreach (var row in _rows)
        {
            WriteRow(output, row, widths);
        }
    }

    private static string Plain(string cell) => cell.Any(char.IsControl) ? string.Concat(cell.Select(c => char.IsControl(c) ? ' ' : c)) : cell;

    private static void WriteRow(TextWriter output, string[] cells, int[] widths)
    {
        var line = new StringBuilder();
        for (var column = 0; column < cells.Length; column++)
        {
            line.Append(column == cells.Length - 1 ? cells[column] : cells[column].PadRight(widths[column] + 2));
        }

        output.WriteLine(line.ToString().TrimEnd());
    }
}
