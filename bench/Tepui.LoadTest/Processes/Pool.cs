using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Tepui.LoadTest.Rows;

namespace Tepui.LoadTest.Processes;

/// <summary>A master and perhaps an agent, as processes of their own with data below the temporary directory; all of it is gone at the end.</summary>
internal sealed class Pool : IDisposable
{
    private readonly string _binary;
    private readonly HttpClient _http = new();

    private Pool(string binary, string data)
    {
        _binary = binary;
        Home = Path.Join(data, $"tepui-load-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Home);
        MasterProcess = StartMaster("0");
        Master = new Uri(MasterProcess.WaitFor("master at ").Split("master at ")[1].Split(',')[0]);
    }

    /// <summary>Where all data is.</summary>
    public string Home { get; }

    /// <summary>The master's process.</summary>
    public TepuiProcess MasterProcess { get; private set; }

    /// <summary>The agent's process, if started.</summary>
    public TepuiProcess? AgentProcess { get; private set; }

    /// <summary>The services scheduler's process, if started.</summary>
    public TepuiProcess? ServicesProcess { get; private set; }

    /// <summary>The jobs scheduler's process, if started.</summary>
    public TepuiProcess? JobsProcess { get; private set; }

    /// <summary>Where the master listens.</summary>
    public Uri Master { get; }

    /// <summary>Starts a master on a free port.</summary>
    public static Pool Start(RowSettings settings) => new(settings.Binary, settings.Data);

    /// <summary>Starts an agent and waits until it is registered.</summary>
    public async Task StartAgentAsync(string resources)
    {
        AgentProcess = TepuiProcess.Start(_binary, "agent", $"--master={Master.Authority}", $"--work_dir={Home}/agent", "--ip=127.0.0.1", "--port=0", $"--resources={resources}", "--logging_level=WARNING");
        AgentProcess.WaitFor("agent at ");
        await UntilAsync(async () => await CounterAsync("master/slaves_active") >= 1, "the agent registers");
    }

    /// <summary>Starts the services scheduler and waits until it is subscribed.</summary>
    public async Task<Uri> StartServicesAsync()
    {
        ServicesProcess = TepuiProcess.Start(_binary, "services", $"--master={Master.Authority}", $"--work_dir={Home}/services", "--http_address=127.0.0.1", "--http_port=0", "--logging_level=warn", "--max_running_deployments=1000");
        var address = new Uri(ServicesProcess.WaitFor("services at ").Split("services at ")[1].Split([',', ' '])[0]);
        await UntilAsync(async () => await CounterAsync("master/frameworks_active") >= 1, "the services scheduler subscribes");
        return address;
    }

    /// <summary>Starts the jobs scheduler and waits until it serves.</summary>
    /// <param name="port">Where; 0: any.</param>
    public Uri StartJobs(int port = 0)
    {
        JobsProcess?.Dispose();
        JobsProcess = TepuiProcess.Start(_binary, "jobs", $"--master={Master.Authority}", $"--work_dir={Home}/jobs", "--http_address=127.0.0.1", string.Create(CultureInfo.InvariantCulture, $"--http_port={port}"), "--logging_level=warn");
        return new Uri(JobsProcess.WaitFor("jobs at ").Split("jobs at ")[1].Split([',', ' '])[0]);
    }

    /// <summary>Waits until so many frameworks are subscribed.</summary>
    public Task SubscribedAsync(int frameworks) => UntilAsync(async () => await CounterAsync("master/frameworks_active") >= frameworks, "the scheduler subscribes");

    /// <summary>Kills the master with -9 and starts another on its port and data; returns when the process was started.</summary>
    public void RestartMaster()
    {
        MasterProcess.Dispose();
        MasterProcess = StartMaster(Master.Port.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>A figure of the master's <c>/metrics/snapshot</c>.</summary>
    public async Task<double> CounterAsync(string name)
    {
        using var document = JsonDocument.Parse(await _http.GetStringAsync(new Uri(Master, "/metrics/snapshot")));
        return document.RootElement.GetProperty(name).GetDouble();
    }

    /// <summary>Supervisors of this pool's agents.</summary>
    public IReadOnlyList<int> Supervisors() => [.. Processes().Where(process => process.Line.Contains("\0supervisor\0", StringComparison.Ordinal)).Select(process => process.Pid)];

    /// <summary>Processor time used so far, by process.</summary>
    public IReadOnlyList<(string Who, TimeSpan Time)> ProcessorTimes()
    {
        var times = new List<(string, TimeSpan)> { ("master", TepuiProcess.ProcessorTime(MasterProcess.Id)) };
        if (ServicesProcess is { } services)
        {
            times.Add(("services", TepuiProcess.ProcessorTime(services.Id)));
        }

        if (JobsProcess is { } jobs)
        {
            times.Add(("jobs", TepuiProcess.ProcessorTime(jobs.Id)));
        }

        if (AgentProcess is { } agent)
        {
            times.Add(("agent", TepuiProcess.ProcessorTime(agent.Id)));
            times.Add(("supervisor", TimeSpan.FromTicks(Supervisors().Sum(pid => TepuiProcess.ProcessorTime(pid).Ticks))));
        }

        times.Add(("load test", TepuiProcess.ProcessorTime(Environment.ProcessId)));
        return times;
    }

    /// <summary>Waits until a condition holds.</summary>
    /// <exception cref="LoadTestException">Not within a minute.</exception>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromMinutes(1))
            {
                throw new LoadTestException($"Not within a minute: {what}");
            }

            await Task.Delay(50);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        ServicesProcess?.Dispose();
        JobsProcess?.Dispose();
        AgentProcess?.Dispose();
        MasterProcess.Dispose();
        RemoveAll();
    }

    private void RemoveAll()
    {
        for (var tries = 0; tries < 20; tries++)
        {
            var left = Processes();
            foreach (var (pid, _) in left)
            {
                TryKill(pid);
            }

            try
            {
                Directory.Delete(Home, recursive: true);
                return;
            }
            catch (DirectoryNotFoundException)
            {
                return;
            }
            catch (IOException)
            {
                // Somebody who is about to die wrote a last file.
            }
        }
    }

    private static void TryKill(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            process.Kill();
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It ended by itself.
        }
    }

    /// <summary>Processes whose command line or environment names the data: supervisors and tasks.</summary>
    private List<(int Pid, string Line)> Processes()
    {
        var found = new List<(int, string)>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var pid) && pid != Environment.ProcessId)
            {
                try
                {
                    var line = File.ReadAllText(Path.Join(directory, "cmdline"));
                    if (line.Contains(Home, StringComparison.Ordinal) || File.ReadAllText(Path.Join(directory, "environ")).Contains(Home, StringComparison.Ordinal))
                    {
                        found.Add((pid, line));
                    }
                }
                catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
                {
                    // It ended meanwhile, or is not ours to look at.
                }
            }
        }

        return found;
    }

    private TepuiProcess StartMaster(string port) =>
        TepuiProcess.Start(_binary, "master", "--ip=127.0.0.1", $"--port={port}", $"--work_dir={Home}/master", "--logging_level=WARNING");
}
