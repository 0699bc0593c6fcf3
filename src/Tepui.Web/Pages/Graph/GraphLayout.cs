using System.Globalization;
using System.Text;
using Tepui.Web.Jobs;

namespace Tepui.Web.Pages.Graph;

/// <summary>A job in the drawing: a box with its left upper corner.</summary>
public sealed record GraphNode(string Job, double X, double Y, double Width);

/// <summary>A way from a parent to a child.</summary>
/// <param name="Parent">Where it begins.</param>
/// <param name="Child">Where it ends.</param>
/// <param name="Path">As SVG draws it.</param>
/// <param name="EndX">Where it ends.</param>
/// <param name="EndY">Where it ends.</param>
public sealed record GraphEdge(string Parent, string Child, string Path, double EndX, double EndY);

/// <summary>A graph of dependencies as a drawing: levels from left to right.</summary>
public sealed record GraphLayout(IReadOnlyList<GraphNode> Nodes, IReadOnlyList<GraphEdge> Edges, double Width, double Height)
{
    /// <summary>Height of a box.</summary>
    public const double BoxHeight = 32;

    /// <summary>Most characters of a name that are drawn.</summary>
    public const int NameMax = 28;

    private const double Gap = 12;
    private const double BendGap = 8;
    private const double Between = 64;
    private const double Margin = 12;
    private const double CharacterWidth = 7.6;
    private const double BoxPadding = 42;
    private const int Rounds = 6;

    /// <summary>Draws the jobs of a choice. Parts that nothing connects stand below one another.</summary>
    public static GraphLayout Of(JobStructure structure, GraphChoice choice)
    {
        ArgumentNullException.ThrowIfNull(structure);
        ArgumentNullException.ThrowIfNull(choice);
        var nodes = new List<GraphNode>();
        var edges = new List<GraphEdge>();
        var (bottom, right) = (Margin, 0.0);
        foreach (var part in Parts(structure, choice.Nodes))
        {
            var layers = new GraphLayers(structure, part);
            Place(layers);
            var (width, height) = Draw(layers, bottom, nodes, edges);
            bottom += height + (Gap * 2);
            right = Math.Max(right, width);
        }

        return new GraphLayout(nodes, edges, Math.Max(right, 1), Math.Max(bottom - Gap, 1));
    }

    /// <summary>A name as it fits into its box.</summary>
    public static string Short(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length <= NameMax ? name : $"{name[..(NameMax - 10)]}…{name[^9..]}";
    }

    // The largest first.
    private static IEnumerable<IReadOnlySet<string>> Parts(JobStructure structure, IReadOnlySet<string> nodes)
    {
        var parts = new List<HashSet<string>>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in nodes.Order(StringComparer.Ordinal).Where(seen.Add))
        {
            var part = new HashSet<string>(StringComparer.Ordinal) { start };
            var queue = new Queue<string>(part);
            while (queue.TryDequeue(out var job))
            {
                foreach (var next in structure.ParentsOf(job).Concat(structure.ChildrenOf(job)).Where(nodes.Contains).Where(seen.Add))
                {
                    part.Add(next);
                    queue.Enqueue(next);
                }
            }

            parts.Add(part);
        }

        return parts.OrderByDescending(part => part.Count);
    }

    // Each place wants to be level with its neighbours; on a level nothing may overlap or change its order.
    private static void Place(GraphLayers layers)
    {
        foreach (var level in layers.Levels)
        {
            Settle(level, [.. level.Select(place => (double)place.Index)]);
        }

        for (var round = 0; round < Rounds; round++)
        {
            var forth = round % 2 == 0;
            for (var i = 0; i < layers.Levels.Count; i++)
            {
                var level = layers.Levels[forth ? i : layers.Levels.Count - 1 - i];
                Settle(level, [.. level.Select(place => Wanted(forth ? place.Before : place.After, place.Y))]);
            }
        }
    }

    private static double Wanted(List<GraphPlace> neighbours, double otherwise) => neighbours.Count == 0 ? otherwise : neighbours.Average(place => place.Y);

    // The nearest places to those wanted that keep order and distance: neighbours in each other's way share the mean of their wishes.
    private static void Settle(IReadOnlyList<GraphPlace> level, double[] wanted)
    {
        var offset = new double[level.Count];
        for (var i = 1; i < level.Count; i++)
        {
            offset[i] = offset[i - 1] + (Size(level[i - 1]) / 2) + (Size(level[i]) / 2);
        }

        var groups = new Stack<(double Sum, int Count)>();
        for (var i = 0; i < level.Count; i++)
        {
            var group = (Sum: wanted[i] - offset[i], Count: 1);
            while (groups.TryPeek(out var before) && before.Sum / before.Count >= group.Sum / group.Count)
            {
                groups.Pop();
                group = (group.Sum + before.Sum, group.Count + before.Count);
            }

            groups.Push(group);
        }

        var at = level.Count;
        foreach (var (sum, count) in groups)
        {
            for (var i = 0; i < count; i++)
            {
                at--;
                level[at].Y = (sum / count) + offset[at];
            }
        }
    }

    private static double Size(GraphPlace place) => place.Job is null ? BendGap * 2 : BoxHeight + Gap;

    private static (double Width, double Height) Draw(GraphLayers layers, double top, List<GraphNode> nodes, List<GraphEdge> edges)
    {
        var places = layers.Levels.SelectMany(level => level).ToList();
        var shift = top + (BoxHeight / 2) - places.Min(place => place.Y);
        var widths = layers.Levels.Select(level => level.Max(place => place.Job is { } job ? (Math.Min(job.Length, NameMax) * CharacterWidth) + BoxPadding : 0)).ToList();
        var lefts = new List<double> { Margin };
        foreach (var width in widths)
        {
            lefts.Add(lefts[^1] + width + Between);
        }

        nodes.AddRange(places.Where(place => place.Job is not null).Select(place => new GraphNode(place.Job!, lefts[place.Level], place.Y + shift - (BoxHeight / 2), widths[place.Level])));
        edges.AddRange(layers.Ways.Select(way => Edge(way, lefts, widths, shift)));
        return (lefts[^1] - Between + Margin, places.Max(place => place.Y) - places.Min(place => place.Y) + BoxHeight);
    }

    private static GraphEdge Edge(IReadOnlyList<GraphPlace> way, List<double> lefts, List<double> widths, double shift)
    {
        var path = new StringBuilder();
        var (x, y) = (lefts[way[0].Level] + widths[way[0].Level], way[0].Y + shift);
        path.Append(CultureInfo.InvariantCulture, $"M{x:0.#} {y:0.#}");
        foreach (var place in way.Skip(1))
        {
            var (nextX, nextY) = (lefts[place.Level], place.Y + shift);
            var middle = (x + nextX) / 2;
            path.Append(CultureInfo.InvariantCulture, $"C{middle:0.#} {y:0.#} {middle:0.#} {nextY:0.#} {nextX:0.#} {nextY:0.#}");
            (x, y) = (nextX, nextY);
            if (place.Job is null)
            {
                x += widths[place.Level];
                path.Append(CultureInfo.InvariantCulture, $"H{x:0.#}");
            }
        }

        return new GraphEdge(way[0].Job!, way[^1].Job!, path.ToString(), x, y);
    }
}
