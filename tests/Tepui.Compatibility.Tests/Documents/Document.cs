namespace Tepui.Compatibility.Tests.Documents;

/// <summary>
/// A page below docs/ with parts that are made from the code, each between <c>&lt;!-- generated: NAME --&gt;</c> and <c>&lt;!-- end: NAME --&gt;</c>.
/// A test compares the part with what the code says; with <c>TEPUI_UPDATE_GOLDEN=1</c> it writes it instead.
/// </summary>
internal static class Document
{
    private static readonly Lock Writing = new();

    private static readonly string Root = FindRoot();

    private static bool Updates => Environment.GetEnvironmentVariable("TEPUI_UPDATE_GOLDEN") == "1";

    /// <summary>Checks, or writes, one part of a page.</summary>
    /// <param name="page">Path below docs/.</param>
    /// <param name="name">Name of the part.</param>
    /// <param name="expected">What it must be.</param>
    public static void Check(string page, string name, string expected)
    {
        var path = Path.Combine(Root, page);
        var wanted = expected.Trim('\n');
        lock (Writing)
        {
            var text = File.ReadAllText(path);
            var (from, to) = Part(text, page, name);
            var actual = text[from..to].Trim('\n');
            if (Updates)
            {
                File.WriteAllText(path, $"{text[..from]}\n{wanted}\n{text[to..]}");
                return;
            }

            var (wantedLines, lines) = (wanted.Split('\n'), actual.Split('\n'));
            var missing = wantedLines.Except(lines, StringComparer.Ordinal).Take(5);
            var wrong = lines.Except(wantedLines, StringComparer.Ordinal).Take(5);
            Assert.True(
                wanted == actual,
                $"docs/{page}, part '{name}', is not what the code does. TEPUI_UPDATE_GOLDEN=1 writes it anew.\nMissing:\n{string.Join('\n', missing)}\nWrong:\n{string.Join('\n', wrong)}");
        }
    }

    /// <summary>Text inside a table's cell.</summary>
    public static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static (int From, int To) Part(string text, string page, string name)
    {
        var (begin, end) = ($"<!-- generated: {name} -->", $"<!-- end: {name} -->");
        var from = text.IndexOf(begin, StringComparison.Ordinal);
        var to = text.IndexOf(end, StringComparison.Ordinal);
        Assert.True(from >= 0 && to > from, $"docs/{page} has no part between {begin} and {end}.");
        return (from + begin.Length, to);
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Tepui.slnx")))
            {
                return Path.Combine(folder.FullName, "docs");
            }
        }

        throw new DirectoryNotFoundException($"No Tepui.slnx above {AppContext.BaseDirectory}.");
    }
}
