using System.CommandLine;
using System.Net;
using Microsoft.Extensions.Logging;
using Tepui.Hosting;
using Tepui.Local;
using Tepui.Terminal;

namespace Tepui.Commands;

/// <summary><c>tepui local</c></summary>
internal sealed class LocalCommand : Command, IDetailed
{
    private const int AgentsMax = 100;

    private readonly Option<string> _workDirectory = new("--work-dir", "--work_dir") { Description = "Where all data lies", HelpName = "DIR", DefaultValueFactory = _ => "data" };
    private readonly Option<int> _agents = new("--agents") { Description = "How many agents; they share the machine equally unless --resources says otherwise", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<string> _ip = new("--ip") { Description = "Address to listen on", HelpName = "IP", DefaultValueFactory = _ => "127.0.0.1" };
    private readonly Option<int> _port = new("--port") { Description = "Port of the master and the web page; 0 lets the system choose", HelpName = "PORT", DefaultValueFactory = _ => 5050 };
    private readonly Option<int> _agentPort = new("--agent-port") { Description = "Port of the first agent, the others follow; 0 lets the system choose", HelpName = "PORT", DefaultValueFactory = _ => 5051 };
    private readonly Option<int> _servicesPort = new("--services-port") { Description = "Port of the services scheduler; 0 lets the system choose", HelpName = "PORT", DefaultValueFactory = _ => 8080 };
    private readonly Option<bool> _noServices = new("--no-services") { Arity = ArgumentArity.Zero, Description = "Run no services scheduler" };
    private readonly Option<int> _jobsPort = new("--jobs-port") { Description = "Port of the jobs scheduler; 0 lets the system choose", HelpName = "PORT", DefaultValueFactory = _ => 4400 };
    private readonly Option<bool> _noJobs = new("--no-jobs") { Arity = ArgumentArity.Zero, Description = "Run no jobs scheduler" };
    private readonly Option<string> _resources = new("--resources") { Description = "Resources of each agent, as in cpus:4;mem:2048", HelpName = "TEXT", DefaultValueFactory = _ => "" };
    private readonly Option<string> _attributes = new("--attributes") { Description = "Attributes of each agent, as in rack:r1", HelpName = "TEXT", DefaultValueFactory = _ => "" };
    private readonly Option<bool> _keepTasks = new("--keep-tasks") { Arity = ArgumentArity.Zero, Description = "At the end, leave tasks running for the next start to find" };
    private readonly Option<string> _level = new("--logging-level", "--logging_level") { Description = "INFO, WARNING or ERROR", HelpName = "LEVEL", DefaultValueFactory = _ => "WARNING" };

    private readonly Option<OutputFormat> _output = CommonOptions.Output();

    public LocalCommand()
        : base(
            "local",
            "Runs a whole cluster in one process: a master, agents, a services scheduler, a jobs scheduler and the web page. Ctrl-C ends the tasks and stops; a second Ctrl-C stops at once and leaves tasks running. "
            + "A later start on the same data finds what ran before.")
    {
        foreach (var option in new Option[] { _workDirectory, _agents, _ip, _port, _agentPort, _servicesPort, _noServices, _jobsPort, _noJobs, _resources, _attributes, _keepTasks, _level, _output })
        {
            Options.Add(option);
        }

        SetAction(RunAsync);
    }

    /// <inheritdoc/>
    public string Details { get; } = Help.Examples(
        "tepui local",
        "tepui local --agents 3 --work-dir /tmp/demo",
        "tepui local --port 0 --agent-port 0 --services-port 0 --jobs-port 0 --resources 'cpus:4;mem:2048;ports:[31000-31100]'");

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        try
        {
            return await ServeAsync(Read(parsed), parsed.GetValue(_level)!, parsed.GetValue(_output), stop);
        }
        catch (CommandFailure failure)
        {
            return Fail(failure.ExitCode, failure.Message);
        }
        catch (StartupException failure)
        {
            return Fail(failure.ExitCode, failure.Message);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }

    private static async Task<int> ServeAsync(LocalRequest request, string level, OutputFormat output, CancellationToken stop)
    {
        using var logs = new ProcessLogs(level switch { "INFO" => LogLevel.Information, "WARNING" => LogLevel.Warning, _ => LogLevel.Error });
        await using var cluster = await StartAsync(request, logs, stop);
        await WarnOfForgottenAsync(request);
        if (!stop.IsCancellationRequested)
        {
            Announce(cluster, request, output);
        }

        return await Serving.UntilAsync(cluster.Completion, () => StopAsync(cluster, request, stop), stop);
    }

    private static async Task<LocalCluster> StartAsync(LocalRequest request, ProcessLogs logs, CancellationToken stop)
    {
        await using var told = stop.Register(() => Console.Error.WriteLine("tepui: stopping as soon as the start is through; Ctrl-C again stops at once and leaves tasks running"));
        return await LocalCluster.StartAsync(request, logs, stop, Signals.Second);
    }

    private static async Task WarnOfForgottenAsync(LocalRequest request)
    {
        var forgotten = await ForgottenAgent.FindAsync(request.WorkDirectory, request.Agents, Signals.Second);
        foreach (var agent in forgotten)
        {
            await Console.Error.WriteLineAsync(
                $"tepui: warning: {agent.Directory} is of an earlier run with more agents: its supervisor (process {agent.Supervisor}) and the tasks under it go on, and nothing here looks after them. "
                + $"Stop, and start with --agents {forgotten[^1].Number} to have them back, or to end them with Ctrl-C.");
        }
    }

    private static async Task StopAsync(LocalCluster cluster, LocalRequest request, CancellationToken stop)
    {
        var killTasks = !request.KeepTasks && stop.IsCancellationRequested;
        if (killTasks)
        {
            await Console.Error.WriteLineAsync("tepui: ending tasks and stopping; Ctrl-C again leaves them running");
        }

        await cluster.StopAsync(killTasks, Signals.Second);
    }

    private static void Announce(LocalCluster cluster, LocalRequest request, OutputFormat output)
    {
        if (output == OutputFormat.Json)
        {
            JsonOutput.Write(new
            {
                Master = cluster.Master.ToString(),
                Services = cluster.Services?.ToString(),
                Jobs = cluster.Jobs?.ToString(),
                Agents = cluster.Agents.Select(agent => agent.Address.ToString()),
                request.WorkDirectory,
            });
            return;
        }

        var table = new Table($"Tepui {VersionCommand.Text}", "");
        table.Add("master", $"{cluster.Master} (web page and API)");
        foreach (var (agent, number) in cluster.Agents.Select((agent, index) => (agent, index + 1)))
        {
            table.Add($"agent {number}", agent.Address.ToString());
        }

        if (cluster.Services is { } services)
        {
            table.Add("services", $"{services} (apps, pods; web page and API)");
        }

        if (cluster.Jobs is { } jobs)
        {
            table.Add("jobs", $"{jobs} (schedules; web page and API)");
        }

        table.Add("data", request.WorkDirectory);
        table.WriteTo(Console.Out);
        var age = TimeProvider.System.GetUtcNow().UtcDateTime - System.Diagnostics.Process.GetCurrentProcess().StartTime.ToUniversalTime();
        Console.Out.WriteLine($"ready in {age.TotalSeconds:0.0} s; Ctrl-C stops");
        Console.Out.Flush();
    }

    private LocalRequest Read(ParseResult parsed)
    {
        var problems = new List<string>();
        var agents = parsed.GetValue(_agents);
        if (agents is < 1 or > AgentsMax)
        {
            problems.Add($"--agents is {agents}; it must be from 1 to {AgentsMax}");
        }

        if (!IPAddress.TryParse(parsed.GetValue(_ip), out var ip))
        {
            problems.Add($"--ip is '{parsed.GetValue(_ip)}'; it must be an address of this machine, as in 127.0.0.1");
        }

        foreach (var option in new[] { _port, _agentPort, _servicesPort, _jobsPort })
        {
            if (parsed.GetValue(option) is var port and (< 0 or > 65535))
            {
                problems.Add($"{option.Name} is {port}; it must be from 0 to 65535");
            }
        }

        if (parsed.GetValue(_agentPort) is var first && first <= 65535 && first + agents - 1 > 65535)
        {
            problems.Add($"--agent-port is {first}, which leaves no room for {agents} agents below 65536");
        }

        if (parsed.GetValue(_level) is not ("INFO" or "WARNING" or "ERROR"))
        {
            problems.Add($"--logging-level is '{parsed.GetValue(_level)}'; it must be INFO, WARNING or ERROR");
        }

        if (string.IsNullOrWhiteSpace(parsed.GetValue(_workDirectory)))
        {
            problems.Add("--work-dir is empty; it must be a directory, made if it is missing");
        }

        if (problems.Count > 0)
        {
            throw new CommandFailure(ExitCode.Usage, string.Join("\ntepui: ", problems));
        }

        return new LocalRequest
        {
            WorkDirectory = Path.GetFullPath(parsed.GetValue(_workDirectory)!),
            Ip = ip!,
            Port = parsed.GetValue(_port),
            AgentPort = parsed.GetValue(_agentPort),
            ServicesPort = parsed.GetValue(_noServices) ? null : parsed.GetValue(_servicesPort),
            JobsPort = parsed.GetValue(_noJobs) ? null : parsed.GetValue(_jobsPort),
            Agents = agents,
            Resources = parsed.GetValue(_resources)!,
            Attributes = parsed.GetValue(_attributes)!,
            KeepTasks = parsed.GetValue(_keepTasks),
        };
    }

    private static int Fail(int code, string message)
    {
        Console.Error.WriteLine($"tepui: {message}");
        return code;
    }
}
