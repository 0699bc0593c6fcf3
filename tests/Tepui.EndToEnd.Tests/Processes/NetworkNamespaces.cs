using System.Diagnostics;

namespace Tepui.EndToEnd.Tests.Processes;

/// <summary>
/// Hosts on one machine: a network namespace each, joined by a bridge, on which the test has an address too. Any pair can be cut off from each other, in both directions or one,
/// without a word: packets go to a hardware address that nobody has.
/// </summary>
internal sealed class NetworkNamespaces : IDisposable
{
    private const string Network = "10.213.77";
    private const string Nobody = "02:00:00:00:de:ad";

    private readonly string _prefix = $"tp{Environment.ProcessId}";
    private readonly string[] _hosts;
    private readonly HashSet<(string From, string To)> _cut = [];

    public NetworkNamespaces(params string[] hosts)
    {
        _hosts = hosts;
        Run("link", "add", Bridge, "type", "bridge");
        Run("addr", "add", $"{Network}.254/24", "dev", Bridge);
        Run("link", "set", Bridge, "up");
        foreach (var host in hosts)
        {
            var (space, port) = (Space(host), $"{_prefix}{host}");
            Run("netns", "add", space);
            Run("link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", space);
            Run("link", "set", port, "master", Bridge, "up");
            Run("-n", space, "addr", "add", $"{Address(host)}/24", "dev", "eth0");
            Run("-n", space, "link", "set", "eth0", "up");
            Run("-n", space, "link", "set", "lo", "up");
        }
    }

    private string Bridge => $"{_prefix}br";

    /// <summary>Whether this machine lets namespaces be made.</summary>
    public static bool ArePossible { get; } = Environment.IsPrivilegedProcess && Try("netns", "list") == 0 && TryMake();

    /// <summary>Where a host is reached.</summary>
    public string Address(string host) => $"{Network}.{Array.IndexOf(_hosts, host) + 1}";

    /// <summary>Starts the binary on a host.</summary>
    public TepuiProcess Start(string host, params string[] arguments) => TepuiProcess.StartFrom("ip", ["netns", "exec", Space(host), TepuiProcess.Binary, .. arguments]);

    /// <summary>Nothing gets from one host to another any more.</summary>
    public void CutOneWay(string from, string to)
    {
        if (_cut.Add((from, to)))
        {
            Run("-n", Space(from), "neigh", "replace", Address(to), "lladdr", Nobody, "dev", "eth0", "nud", "permanent");
        }
    }

    /// <summary>Nothing gets through between two hosts.</summary>
    public void Cut(string one, string other)
    {
        CutOneWay(one, other);
        CutOneWay(other, one);
    }

    /// <summary>Everything gets through again.</summary>
    public void Heal()
    {
        foreach (var (from, to) in _cut)
        {
            Run("-n", Space(from), "neigh", "del", Address(to), "dev", "eth0");
        }

        _cut.Clear();
    }

    public void Dispose()
    {
        foreach (var host in _hosts)
        {
            Try("netns", "del", Space(host));
            Try("link", "del", $"{_prefix}{host}");
        }

        Try("link", "del", Bridge);
    }

    private string Space(string host) => $"{_prefix}-{host}";

    private static bool TryMake()
    {
        const string name = "tepui-possible";
        var made = Try("netns", "add", name) == 0;
        Try("netns", "del", name);
        return made;
    }

    private static void Run(params string[] arguments)
    {
        var (code, errors) = Ip(arguments);
        if (code != 0)
        {
            throw new InvalidOperationException($"ip {string.Join(' ', arguments)} ends with {code}: {errors}");
        }
    }

    private static int Try(params string[] arguments)
    {
        try
        {
            return Ip(arguments).Code;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }

    private static (int Code, string Errors) Ip(string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ip", arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, errors);
    }
}
