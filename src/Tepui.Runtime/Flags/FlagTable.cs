namespace Tepui.Runtime.Flags;

/// <summary>All flags of a component.</summary>
public sealed class FlagTable
{
    private readonly Dictionary<string, Flag> _byName;

    /// <summary>Collects flags.</summary>
    /// <param name="component">Whose they are, as in <c>master</c>.</param>
    /// <param name="flags">The flags.</param>
    public FlagTable(string component, IEnumerable<Flag> flags)
    {
        Component = component;
        Flags = [.. flags.OrderBy(f => f.Name, StringComparer.Ordinal)];
        _byName = Flags.ToDictionary(f => f.Name, StringComparer.Ordinal);
        foreach (var flag in Flags)
        {
            if (flag.OldName is { } old)
            {
                _byName.Add(old, flag);
            }
        }
    }

    /// <summary>Flags of <c>tepui master</c>.</summary>
    public static FlagTable Master { get; } = new("master", MasterFlags.All);

    /// <summary>Flags of <c>tepui agent</c>.</summary>
    public static FlagTable Agent { get; } = new("agent", AgentFlags.All);

    /// <summary>Flags of <c>tepui services</c>.</summary>
    public static FlagTable Services { get; } = new("services", ServicesFlags.All);

    /// <summary>Flags of <c>tepui jobs</c>.</summary>
    public static FlagTable Jobs { get; } = new("jobs", JobsFlags.All);

    /// <summary>Whose they are.</summary>
    public string Component { get; }

    /// <summary>The flags, sorted by name.</summary>
    public IReadOnlyList<Flag> Flags { get; }

    /// <summary>A flag by its name or old name, or <see langword="null"/>.</summary>
    public Flag? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>This table with other flags added.</summary>
    public FlagTable With(params Flag[] more) => new(Component, Flags.Concat(more));

    /// <summary>The name most like <paramref name="name"/>, if any is like it.</summary>
    public string? Nearest(string name)
    {
        var nearest = _byName.Keys.Select(k => (Name: k, Distance: Distance(k, name))).OrderBy(p => p.Distance).ThenBy(p => p.Name, StringComparer.Ordinal).First();
        return nearest.Distance <= Math.Max(2, name.Length / 3) ? nearest.Name : null;
    }

    /// <summary>Letters to add, drop or change to get from one word to the other.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? diagonal : diagonal + 1;
                diagonal = row[j];
                row[j] = Math.Min(cost, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
