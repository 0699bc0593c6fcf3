using System.Globalization;
using Tepui.Containers.Native;
using Tepui.Protocol.Supervisor;

namespace Tepui.Containers.Launchers.Process;

/// <summary>Resource limits by way of util-linux: <c>prlimit</c> sets them and becomes the program, after <c>setpriv</c> where the user changes too, so that no code of ours runs in a half-made process.</summary>
internal static unsafe class ResourceLimits
{
    private const int CapabilityBit = 24;

    /// <summary>Options of <c>prlimit</c> by the kernel's number.</summary>
    private static readonly string[] Names =
    [
        "cpu", "fsize", "data", "stack", "core", "rss", "nproc", "nofile",
        "memlock", "as", "locks", "sigpending", "msgqueue", "nice", "rtprio", "rttime",
    ];

    private static readonly Lazy<string?> Prlimit = new(() => Tool("prlimit"));
    private static readonly Lazy<string?> Setpriv = new(() => Tool("setpriv"));
    private static readonly Lazy<bool> MayRaise = new(HasCapability);

    /// <summary>Why the limits cannot be set, or <see langword="null"/>.</summary>
    public static string? Problem(SupervisorRequest.Types.Launch launch)
    {
        if (launch.Limits.Count == 0)
        {
            return null;
        }

        if (Prlimit.Value is null || (launch.Identity is not null && Setpriv.Value is null))
        {
            return "Resource limits need the programs prlimit and setpriv of util-linux, which were not found in /usr/bin or /bin";
        }

        foreach (var limit in launch.Limits)
        {
            if (Problem(limit) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    /// <summary>The argument list that sets the limits, takes the identity and then becomes the program.</summary>
    public static List<string> Wrap(SupervisorRequest.Types.Launch launch, string program)
    {
        List<string> arguments = [Prlimit.Value!];
        foreach (var limit in launch.Limits)
        {
            arguments.Add($"--{Names[limit.Resource]}={Text(limit.HasSoft, limit.Soft)}:{Text(limit.HasHard, limit.Hard)}");
        }

        if (launch.Identity is { } user)
        {
            arguments.AddRange([Setpriv.Value!, $"--reuid={user.User}", $"--regid={user.Group}", $"--groups={string.Join(',', user.Groups)}", "--"]);
        }

        arguments.Add(program);
        arguments.AddRange(launch.Arguments.Skip(1));
        return arguments;
    }

    private static string? Problem(SupervisorRequest.Types.Limit limit)
    {
        if (limit.Resource >= Names.Length)
        {
            return $"Resource limit {limit.Resource} is unknown; the kernel knows 0 to {Names.Length - 1}";
        }

        var name = "RLMT_" + Names[limit.Resource].ToUpperInvariant();
        var soft = limit.HasSoft ? limit.Soft : ulong.MaxValue;
        var hard = limit.HasHard ? limit.Hard : ulong.MaxValue;
        if (soft > hard)
        {
            return $"Resource limit {name} has a soft value {soft} above its hard value {hard}";
        }

        var now = stackalloc ulong[2];
        if (Libc.GetLimit((int)limit.Resource, now) == 0 && hard > now[1] && !MayRaise.Value)
        {
            return $"Cannot raise resource limit {name} to {Text(limit.HasHard, hard)}: the agent's own hard limit is {now[1]} and raising it needs CAP_SYS_RESOURCE";
        }

        return null;
    }

    private static string Text(bool isSet, ulong value) => isSet ? value.ToString(CultureInfo.InvariantCulture) : "unlimited";

    private static string? Tool(string name)
    {
        foreach (var place in (string[])["/usr/bin/", "/bin/", "/usr/local/bin/"])
        {
            if (File.Exists(place + name))
            {
                return place + name;
            }
        }

        return null;
    }

    private static bool HasCapability()
    {
        foreach (var line in File.ReadLines("/proc/self/status"))
        {
            if (line.StartsWith("CapEff:", StringComparison.Ordinal))
            {
                return ((ulong.Parse(line.AsSpan(7).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> CapabilityBit) & 1) != 0;
            }
        }

        return false;
    }
}
