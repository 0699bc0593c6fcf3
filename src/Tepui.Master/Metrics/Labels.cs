using Tepui.Runtime.Metrics;

namespace Tepui.Master.Metrics;

/// <summary>Takes agents, frameworks and roles out of metric names and makes them labels, which is how Prometheus tells members of a family apart.</summary>
internal static class Labels
{
    private const string Agents = "tepui/usage/agents/";
    private const string Frameworks = "master/frameworks/";
    private const string Shares = "allocator/mesos/roles/";

    /// <summary>The same sample, in a family with its like.</summary>
    public static MetricSample Apply(MetricSample sample) => sample.Name switch
    {
        _ when sample.Name.StartsWith(Agents, StringComparison.Ordinal) => Agent(sample),
        _ when sample.Name.StartsWith(Frameworks, StringComparison.Ordinal) => Framework(sample),
        _ when sample.Name.StartsWith(Shares, StringComparison.Ordinal) && sample.Name.EndsWith("/shares/dominant", StringComparison.Ordinal) =>
            Labelled(sample, "role/share/dominant", ("role", sample.Name[Shares.Length..^"/shares/dominant".Length])),
        _ => sample,
    };

    // tepui/usage/agents/ID/WHAT
    private static MetricSample Agent(MetricSample sample)
    {
        var slash = sample.Name.LastIndexOf('/');
        return Labelled(sample, "agent/usage/" + sample.Name[(slash + 1)..], ("agent", sample.Name[Agents.Length..slash]));
    }

    // master/frameworks/NAME/ID/WHAT, where WHAT may be roles/ROLE/suppressed
    private static MetricSample Framework(MetricSample sample)
    {
        var parts = sample.Name[Frameworks.Length..].Split('/', 3);
        if (parts.Length < 3)
        {
            return sample;
        }

        var name = Uri.UnescapeDataString(parts[0]);
        return parts[2].StartsWith("roles/", StringComparison.Ordinal) && parts[2].EndsWith("/suppressed", StringComparison.Ordinal)
            ? Labelled(sample, "framework/role/suppressed", ("framework", name), ("id", parts[1]), ("role", parts[2]["roles/".Length..^"/suppressed".Length]))
            : Labelled(sample, "framework/" + parts[2], ("framework", name), ("id", parts[1]));
    }

    private static MetricSample Labelled(MetricSample sample, string family, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        var pairs = new List<KeyValuePair<string, string>>(labels.Length);
        foreach (var (name, value) in labels)
        {
            pairs.Add(KeyValuePair.Create(name, value));
        }

        return sample with { Family = family, Labels = pairs };
    }
}
