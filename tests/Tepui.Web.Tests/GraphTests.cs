using Tepui.Web.Jobs;
using Tepui.Web.Pages.Graph;

namespace Tepui.Web.Tests;

/// <summary>How the graph of dependencies is chosen and drawn.</summary>
public sealed class GraphTests
{
    [Fact]
    public void Layers_OfADiamondWithAShortCut_FollowTheLongestWay()
    {
        var layers = new GraphLayers(Structure("b<a", "c<b", "d<c a"), Names("a", "b", "c", "d"));

        Assert.Equal([["a"], ["b"], ["c"], ["d"]], layers.Levels.Select(level => level.Select(place => place.Job).OfType<string>()));
        Assert.Equal(4, layers.Ways.Single(way => way[0].Job == "a" && way[^1].Job == "d").Count);
    }

    [Fact]
    public void Layers_OfCrossedPairs_AreUncrossed()
    {
        var layers = new GraphLayers(Structure("x1<a3", "x2<a2", "x3<a1"), Names("a1", "a2", "a3", "x1", "x2", "x3"));

        Assert.Equal(0, layers.Crossings());
        Assert.Equal(["a1", "a2", "a3"], layers.Levels[0].Select(place => place.Job).OrderBy(job => job));
    }

    [Fact]
    public void Layers_OfACycle_StillEnd()
    {
        var layers = new GraphLayers(Structure("a<c", "b<a", "c<b"), Names("a", "b", "c"));

        Assert.Equal(3, layers.Levels.Sum(level => level.Count(place => place.Job is not null)));
        Assert.Equal(3, layers.Ways.Count);
    }

    [Theory]
    [InlineData(5, 30, 1)]
    [InlineData(12, 20, 2)]
    [InlineData(3, 100, 3)]
    public void Layout_OfManyJobs_OverlapsNowhereAndKeepsInside(int levels, int width, int seed)
    {
        var random = new Random(seed);
        var jobs = Enumerable.Range(0, levels).SelectMany(level => Enumerable.Range(0, width).Select(place => level == 0 ? $"j{level}-{place}" : $"j{level}-{place}<j{random.Next(level)}-{random.Next(width)} j{level - 1}-{random.Next(width)}")).ToArray();
        var structure = Structure(jobs);

        var layout = GraphLayout.Of(structure, GraphChoice.All(structure));

        foreach (var column in layout.Nodes.GroupBy(node => node.X))
        {
            var sorted = column.OrderBy(node => node.Y).ToList();
            Assert.All(sorted.Zip(sorted.Skip(1)), pair => Assert.True(pair.Second.Y - pair.First.Y >= GraphLayout.BoxHeight, $"{pair.First} and {pair.Second}"));
        }

        Assert.All(layout.Nodes, node => Assert.True(node.X >= 0 && node.Y >= 0 && node.X + node.Width <= layout.Width && node.Y + GraphLayout.BoxHeight <= layout.Height, $"{node} in {layout.Width} x {layout.Height}"));
        var at = layout.Nodes.ToDictionary(node => node.Job);
        Assert.All(layout.Edges, edge => Assert.True(at[edge.Parent].X < at[edge.Child].X));
        Assert.Equal(layout.Edges.Count, layout.Edges.Select(edge => (edge.Parent, edge.Child)).Distinct().Count());
    }

    [Fact]
    public void Choice_OfThousands_IsCutAndSaysSo()
    {
        var structure = Structure([.. Enumerable.Range(1, 3000).Select(i => $"j{i}<j{i / 2}")]);

        var all = GraphChoice.All(structure);
        var around = GraphChoice.Around(structure, "j1500");
        var root = GraphChoice.Around(structure, "j1");

        Assert.Equal((GraphChoice.NodesMax, 3001, true), (all.Nodes.Count, all.Total, all.IsCut));
        Assert.False(around.IsCut);
        Assert.Contains("j750", around.Nodes);
        Assert.DoesNotContain("j751", around.Nodes);
        Assert.Equal((GraphChoice.NodesMax, true), (root.Nodes.Count, root.IsCut));
        Assert.Contains("j2", root.Nodes);
    }

    [Fact]
    public void Page_OfJobs_ColoursThemByWhatTheyDo()
    {
        JobSummary[] jobs =
        [
            new() { Name = "a", Running = 1, Status = "failure" },
            new() { Name = "b", Parents = ["a", "ghost"], Edges = new Dictionary<string, int> { ["a"] = 3 }, MissingParents = ["ghost"] },
            new() { Name = "off", Parents = ["a"], Disabled = true, Status = "success" },
            new() { Name = "alone" },
        ];
        var snapshot = new JobsSnapshot { IsLoaded = true, Jobs = new JobTable(jobs) };
        var choice = GraphChoice.All(snapshot.Jobs.Structure);

        var page = GraphPageModel.Build(snapshot, "", false, GraphLayout.Of(snapshot.Jobs.Structure, choice), choice);

        Assert.Equal(["a", "b", "ghost", "off"], page.Layout.Nodes.Select(node => node.Job).Order());
        Assert.Equal(("busy", "missing", "muted"), (page.ToneOf("a"), page.ToneOf("ghost"), page.ToneOf("off")));
        Assert.Equal(("running", "missing"), (page.EdgeOf(page.Layout.Edges.Single(edge => edge.Parent == "a" && edge.Child == "b")), page.EdgeOf(page.Layout.Edges.Single(edge => edge.Parent == "ghost"))));
        Assert.Equal(3, page.CountOf(page.Layout.Edges.Single(edge => edge.Parent == "a" && edge.Child == "b")));
        Assert.Equal(1, page.Alone);
        Assert.Equal("", page.Note);
    }

    private static HashSet<string> Names(params string[] names) => [.. names];

    private static JobStructure Structure(params string[] jobs) => new([.. jobs.Select(job => job.Split('<')).Select(parts => new JobSummary { Name = parts[0], Parents = parts.Length > 1 ? parts[1].Split(' ') : [] }).OrderBy(job => job.Name, StringComparer.Ordinal)]);
}
