using System.Text.Json.Nodes;

namespace Tepui.Jobs;

/// <summary>Prints a graph of jobs.</summary>
internal static class GraphText
{
    private static readonly char[] Special = ['"', '\\'];

    /// <summary>A tree for people: each job below the jobs it runs after, with what it does. What was printed before is not printed again below a second parent.</summary>
    public static void WriteTree(JobGraph graph, TextWriter output)
    {
        var printed = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<(string Name, string Lead, string Indent)>(graph.Roots.Reverse().Select(root => (root, "", "")));
        while (open.TryPop(out var next))
        {
            var isFirst = printed.Add(next.Name);
            output.WriteLine($"{next.Lead}{next.Name}  {Words(graph, next.Name)}{(isFirst || !graph.ChildrenOf(next.Name).Any() ? "" : "  (continued above)")}");
            if (!isFirst)
            {
                continue;
            }

            var children = graph.ChildrenOf(next.Name).ToList();
            for (var index = children.Count - 1; index >= 0; index--)
            {
                var isLast = index == children.Count - 1;
                open.Push((children[index], $"{next.Indent}{(isLast ? "└─ " : "├─ ")}", $"{next.Indent}{(isLast ? "   " : "│  ")}"));
            }
        }
    }

    /// <summary>A digraph for Graphviz.</summary>
    public static void WriteDot(JobGraph graph, TextWriter output)
    {
        output.WriteLine("digraph G {");
        foreach (var name in graph.Names)
        {
            output.WriteLine($"  {Quoted(name)}");
        }

        foreach (var (parent, child) in Links(graph))
        {
            output.WriteLine($"  {Quoted(parent)} -> {Quoted(child)}");
        }

        output.WriteLine("}");
    }

    /// <summary>Rows <c>node,NAME,STATUS,STATE</c> and <c>link,PARENT,CHILD</c>.</summary>
    public static void WriteCsv(JobGraph graph, TextWriter output)
    {
        foreach (var name in graph.Names)
        {
            output.WriteLine($"node,{name},{JobText.Status(graph.Find(name)!)},{JobText.State(graph.Find(name)!)}");
        }

        foreach (var (parent, child) in Links(graph))
        {
            output.WriteLine($"link,{parent},{child}");
        }
    }

    /// <summary>The graph as a document.</summary>
    public static JsonObject ToJson(JobGraph graph) => new()
    {
        ["nodes"] = new JsonArray([.. graph.Names.Select(name => new JsonObject { ["name"] = name, ["status"] = JobText.Status(graph.Find(name)!), ["state"] = JobText.State(graph.Find(name)!) })]),
        ["links"] = new JsonArray([.. Links(graph).Select(link => new JsonObject { ["parent"] = link.Parent, ["child"] = link.Child })]),
    };

    private static IEnumerable<(string Parent, string Child)> Links(JobGraph graph) => graph.Names.SelectMany(name => graph.ChildrenOf(name).Select(child => (name, child)));

    private static string Words(JobGraph graph, string name)
    {
        var job = graph.Find(name)!;
        var parents = job.Texts("parents").ToList();
        var missing = parents.Where(parent => graph.Find(parent) is null).ToList();
        return string.Join(", ", new[]
        {
            JobText.State(job),
            JobText.Status(job),
            parents.Count == 0 ? JobText.ShortSchedule(job) : null,
            parents.Count > 1 ? JobText.ShortSchedule(job) : null,
            missing.Count > 0 ? $"not there: {string.Join(", ", missing)}" : null,
        }.Where(word => word is { Length: > 0 } and not "-"));
    }

    private static string Quoted(string name) => $"\"{string.Concat(name.Select(c => Special.Contains(c) ? $"\\{c}" : $"{c}"))}\"";
}
