using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Documents.Rules;

/// <summary>Which networks go together.</summary>
internal static class NetworkRules
{
    private const string Path = "/networks";

    public static void Check(IReadOnlyList<Network> networks, Problems problems)
    {
        var isMixed = networks.Count > 1 && networks.Any(network => network.Mode is not NetworkMode.Container);
        problems.Require(!isMixed, Path, "are either one host network, one bridge, or any number of container networks");
        foreach (var network in networks)
        {
            var mode = Words.Of(network.Mode);
            if (network.Mode is NetworkMode.Container)
            {
                problems.Require(network.Name is not null, Path, "a container network needs a name (there is no default network)");
            }
            else
            {
                problems.Require(network.Name is null, Path, $"a {mode} network has no name, not '{network.Name}'");
            }

            problems.Require(network.Mode is not NetworkMode.Host || network.Labels.Count == 0, Path, "a host network has no labels");
        }

        foreach (var name in Duplicates(networks.Select(network => network.Name)))
        {
            problems.Add(Path, $"'{name}' is joined more than once");
        }
    }

    /// <summary>Networks that a mapped port names: declared, and told where there are several.</summary>
    /// <param name="names">Of the port.</param>
    /// <param name="hasHostPort">It is mapped to a port of the agent.</param>
    /// <param name="networks">Of the app or pod.</param>
    /// <param name="path">Of the port.</param>
    /// <param name="problems">Gets what is wrong.</param>
    public static void CheckMapped(IReadOnlyList<string> names, bool hasHostPort, IReadOnlyList<Network> networks, string path, Problems problems)
    {
        var joined = networks.Where(network => network.Name is not null).Select(network => network.Name!).ToArray();
        var unknown = names.Except(joined, StringComparer.Ordinal).ToArray();
        problems.Require(unknown.Length == 0, path, $"networkNames has {string.Join(", ", unknown)}, which networks does not name");
        problems.Require(names.Count <= 1, path, "networkNames has more than one name");
        var isOpen = hasHostPort && names.Count == 0 && networks.Count(network => network.Mode is NetworkMode.Container) > 1;
        problems.Require(!isOpen, path, "has a hostPort and several container networks; name one of them in networkNames");
    }

    /// <summary>Texts that occur more than once, absent ones apart.</summary>
    public static IEnumerable<string> Duplicates(IEnumerable<string?> texts) =>
        texts.Where(text => text is not null).GroupBy(text => text!, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key);
}
