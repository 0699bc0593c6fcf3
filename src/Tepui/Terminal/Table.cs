using System.Text;

namespace Tepui.Terminal;

/// <summary>Left-aligned columns, as wide as their widest cell of at most <see cref="PaddedMax"/> characters; plain text, so that it can be piped to grep and awk. A longer cell is printed whole and moves the rest of its own row only.</summary>
internal sealed class Table(params string[] headers)
{
    /// <summary>Cells longer than this do not make their column wider.</summary>
    public const int PaddedMax = 100;

    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row with one cell per header. Line breaks and other control characters, which messages of tasks may hold, become spaces.</summary>
    public void Add(params string[] cells) => _rows.Add([.. cells.Select(Plain)]);

    /// <summary>Prints the header and all rows.</summary>
    public void WriteTo(TextWriter output)
    {
        var widths = headers.Select((header, column) => _rows.Select(row => row[column].Length).Where(length => length <= PaddedMax).Append(header.Length).Max()).ToArray();
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
            line.Append(column == cells.Length - 1 ? cells[column] : Padded(cells[column], widths[column]));
        }

        output.WriteLine(line.ToString().TrimEnd());
    }

    private static string Padded(string cell, int width) => cell.Length > width ? $"{cell}  " : cell.PadRight(width + 2);
}
