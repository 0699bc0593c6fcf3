using Tepui.Jobs.Core.Runs;

namespace Tepui.Jobs.Core.Tests.Runs;

/// <summary>The states in docs/jobs-runs.md are those of the code.</summary>
public sealed class RunsPageTests
{
    [Fact]
    public void Page_States_AreThoseOfTheCode()
    {
        var rows = File.ReadLines(Path.Combine(Root(), "docs", "jobs-runs.md"))
            .SkipWhile(line => !line.StartsWith("| state |", StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .ToDictionary(cells => Enum.Parse<RunState>(cells[1]), cells => cells[3].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<RunState>).ToHashSet());
        Assert.Equal(Enum.GetValues<RunState>().Order(), rows.Keys.Order());
        foreach (var from in Enum.GetValues<RunState>())
        {
            Assert.Equal(Enum.GetValues<RunState>().Where(to => RunTransitions.Allows(from, to)).Order(), rows[from].Order());
            Assert.Equal(from.IsFinal(), rows[from].Count == 0);
        }
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Tepui.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The checkout has no Tepui.slnx.");
        }

        return folder.FullName;
    }
}
