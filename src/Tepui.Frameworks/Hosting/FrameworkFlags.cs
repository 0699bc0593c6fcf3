using System.Net;
using Tepui.Model.Resources;
using Tepui.Runtime.Flags;
using Tepui.Runtime.Hosting;

namespace Tepui.Frameworks.Hosting;

/// <summary>Reads the flags that all frameworks have. Problems are collected, so that a user sees all at once.</summary>
public static class FrameworkFlags
{
    /// <summary>Addresses of masters, of <c>--master</c>.</summary>
    public static IReadOnlyList<string> Masters(FlagValues flags, List<string> problems)
    {
        var masters = flags.List("master");
        foreach (var master in masters.Where(master => master.StartsWith("zk://", StringComparison.Ordinal)))
        {
            problems.Add($"--master is '{master}': masters are not looked up in ZooKeeper; give their addresses, as in --master=10.0.0.1:5050,10.0.0.2:5050.");
        }

        foreach (var master in masters.Where(master => !master.StartsWith("zk://", StringComparison.Ordinal) && !IsAddress(master)))
        {
            problems.Add($"--master has '{master}'; an address is needed, as in 10.0.0.1:5050 or http://10.0.0.1:5050.");
        }

        if (masters.Count == 0)
        {
            problems.Add("--master is empty; give the address of a master, as in --master=10.0.0.1:5050.");
        }

        return masters;
    }

    /// <summary>Directory to keep the store in, of <c>--work_dir</c>. Nothing can be kept without one, so the framework does not start.</summary>
    /// <param name="flags">All flags.</param>
    /// <param name="name">What is scheduled, as in <c>jobs</c>.</param>
    /// <exception cref="StartupException">It is missing.</exception>
    public static string WorkDirectory(FlagValues flags, string name) =>
        flags.Text("work_dir") ?? throw new StartupException($"--work_dir is missing: the {name} scheduler keeps its store there. Give a directory, as in --work_dir=/var/lib/tepui/{name}.", ExitCode.Usage);

    /// <summary>A role, of <c>--mesos_role</c>.</summary>
    public static string Role(FlagValues flags, List<string> problems)
    {
        var role = flags.Required("mesos_role");
        if (RoleRules.Problem(role) is { } problem)
        {
            problems.Add($"--mesos_role is '{role}': {problem}");
        }

        return role;
    }

    /// <summary>Address to listen on, of <c>--http_address</c>; all of this machine when it is not given.</summary>
    public static IPAddress Address(FlagValues flags, List<string> problems)
    {
        if (flags.Text("http_address") is not { } text)
        {
            return IPAddress.Any;
        }

        if (!IPAddress.TryParse(text, out var address))
        {
            problems.Add($"--http_address is '{text}'; an address of this machine is needed, as in 10.0.0.1.");
        }

        return address ?? IPAddress.Any;
    }

    /// <summary>USER:PASSWORD that every request must bear, of <c>--http_credentials</c>; <see langword="null"/> for none.</summary>
    public static string? Credentials(FlagValues flags, List<string> problems)
    {
        var credentials = flags.Text("http_credentials");
        if (credentials is { Length: > 0 } && !credentials.Contains(':', StringComparison.Ordinal))
        {
            problems.Add("--http_credentials has no colon; it must be USER:PASSWORD.");
        }

        return credentials is { Length: > 0 } ? credentials : null;
    }

    /// <summary>Principal and secret told to the master, of <c>--mesos_authentication_principal</c> and what belongs to it; <see langword="null"/> for none.</summary>
    /// <param name="flags">All flags.</param>
    /// <param name="inline">The secret given on the command line, if any.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static (string Principal, string Secret)? Authentication(FlagValues flags, string? inline, List<string> problems)
    {
        if (flags.Text("mesos_authentication_principal") is not { } principal)
        {
            return null;
        }

        var secret = inline ?? "";
        if (flags.Text("mesos_authentication_secret_file") is { } file)
        {
            try
            {
                secret = File.ReadAllText(file).TrimEnd('\r', '\n');
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problems.Add($"--mesos_authentication_secret_file cannot be read: {e.Message}");
            }
        }

        return (principal, secret);
    }

    private static bool IsAddress(string master) =>
        Uri.TryCreate(master.Contains("://", StringComparison.Ordinal) ? master : "http://" + master, UriKind.Absolute, out var address)
        && address.Scheme == Uri.UriSchemeHttp
        && address.Host.Length > 0;
}
