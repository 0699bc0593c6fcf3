using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tepui.EndToEnd.Tests.Processes;

/// <summary><c>tepui local</c> on ports of the system's choice.</summary>
internal sealed partial class LocalCluster : IDisposable
{
    private LocalCluster(TepuiProcess process, string master)
    {
        Process = process;
        Master = master;
    }

    public TepuiProcess Process { get; }

    /// <summary>HOST:PORT of the master.</summary>
    public string Master { get; }

    /// <summary>HOST:PORT of the first agent.</summary>
    public string Agent => Process.Output.Split("agent 1")[1].Split("http://")[1].Split('/')[0];

    /// <summary>URL of the services.</summary>
    public string Services => ServicesAddress().Match(Process.Output).Groups["address"].Value;

    /// <summary>URL of the jobs.</summary>
    public string Jobs => JobsAddress().Match(Process.Output).Groups["address"].Value;

    public static async Task<LocalCluster> StartAsync(Machine machine, params string[] more)
    {
        string[] port = more.Contains("--port") ? [] : ["--port", "0"];
        string[] services = more.Contains("--services-port") || more.Contains("--no-services") ? [] : ["--no-services"];
        string[] jobs = more.Contains("--jobs-port") || more.Contains("--no-jobs") ? [] : ["--no-jobs"];
        var process = TepuiProcess.Start(["local", "--work-dir", machine.Path, .. port, "--agent-port", "0", .. services, .. jobs, .. more]);
        try
        {
            await process.ForTextAsync("ready in");
            return new(process, MasterAddress().Match(process.Output).Groups["address"].Value);
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>Runs a command against this cluster.</summary>
    public Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments) => TepuiProcess.RunAsync([.. arguments, "--master", Master]);

    /// <summary>Starts a command against this cluster.</summary>
    public TepuiProcess Start(params string[] arguments)
    {
        // Options go before a `--`, behind which all belongs to the task.
        var dashes = Array.IndexOf(arguments, "--");
        return dashes < 0
            ? TepuiProcess.Start([.. arguments, "--master", Master])
            : TepuiProcess.Start([.. arguments[..dashes], "--master", Master, .. arguments[dashes..]]);
    }

    /// <summary>Starts a command against the services of this cluster.</summary>
    public TepuiProcess StartServices(params string[] arguments) => TepuiProcess.Start([.. arguments, "--services", Services]);

    /// <summary>What a command prints with <c>--output json</c>.</summary>
    public async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var (code, output, errors) = await RunAsync([.. arguments, "--output", "json"]);
        Assert.True(code == 0, $"{string.Join(' ', arguments)} ended with {code}: {errors}");
        return JsonDocument.Parse(output).RootElement;
    }

    /// <summary>Ids of tasks in a state.</summary>
    public async Task<IReadOnlyList<string>> TasksAsync(string state) =>
        [.. (await JsonAsync("task", "ls", "--all")).EnumerateArray().Where(task => task.GetProperty("state").GetString() == state).Select(task => task.GetProperty("id").GetString()!)];

    public void Dispose() => Process.Dispose();

    [GeneratedRegex(@"master\s+http://(?<address>[0-9.]+:\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MasterAddress();

    [GeneratedRegex(@"services\s+(?<address>http://[0-9.]+:\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ServicesAddress();

    [GeneratedRegex(@"jobs\s+(?<address>http://[0-9.]+:\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex JobsAddress();
}
