using Microsoft.Extensions.Logging;
using Tepui.Agent;
using Tepui.Frameworks.Hosting;
using Tepui.Hosting;
using Tepui.Jobs;
using Tepui.Master;
using Tepui.Services;
using Tepui.Terminal;

namespace Tepui.Local;

/// <summary>A master, agents, a services scheduler and a jobs scheduler in one process.</summary>
internal sealed class LocalCluster : IAsyncDisposable
{
    private readonly List<AgentHost> _agents = [];
    private readonly MasterHost _master;
    private FrameworkHost? _services;
    private FrameworkHost? _jobs;

    private LocalCluster(MasterHost master) => _master = master;

    /// <summary>The master, and its web page.</summary>
    public Uri Master => _master.Address;

    /// <summary>The services scheduler, if there is one.</summary>
    public Uri? Services => _services?.Address;

    /// <summary>The jobs scheduler, if there is one.</summary>
    public Uri? Jobs => _jobs?.Address;

    /// <summary>The agents, in order.</summary>
    public IReadOnlyList<AgentHost> Agents => _agents;

    /// <summary>Ends when a part has ended, with its exit code.</summary>
    public Task<int> Completion => Task.WhenAny([_master.Completion, .. new[] { _services?.Completion, _jobs?.Completion }.OfType<Task<int>>(), .. _agents.Select(EndAsync)]).Unwrap();

    /// <summary>Starts all parts; returns once every agent has registered.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="logs">Where the parts log.</param>
    /// <param name="stop">Starts no schedulers any more. Agents are started all the same: only they can end the tasks of an earlier run.</param>
    /// <param name="cancel">Ends the start where it is.</param>
    /// <exception cref="StartupException">A part cannot start.</exception>
    public static async Task<LocalCluster> StartAsync(LocalRequest request, ProcessLogs logs, CancellationToken stop, CancellationToken cancel)
    {
        MakeDirectory(request.WorkDirectory);
        LocalCluster? cluster = null;
        var master = await MasterWithPage.StartAsync(
            new MasterSettings { Ip = request.Ip, Port = request.Port, WorkDirectory = Path.Join(request.WorkDirectory, "master") }, logs, () => cluster?.Services, () => cluster?.Jobs, cancel);
        cluster = new LocalCluster(master);
        try
        {
            await cluster.StartAgentsAsync(request, logs.Factory, cancel);
            if (!stop.IsCancellationRequested)
            {
                await cluster.StartServicesAsync(request, logs, cancel);
                await cluster.StartJobsAsync(request, logs, cancel);
            }

            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops all parts.</summary>
    /// <param name="killTasks">End the tasks first, each by its kill policy; otherwise they go on and the next start finds them.</param>
    /// <param name="hurry">Ends the wait for tasks.</param>
    public async Task StopAsync(bool killTasks, CancellationToken hurry)
    {
        // Schedulers first, or they would start again what is ended here.
        await Task.WhenAll(_services?.StopAsync() ?? Task.CompletedTask, _jobs?.StopAsync() ?? Task.CompletedTask);

        if (killTasks)
        {
            try
            {
                await Task.WhenAll(_agents.Select(agent => agent.DrainAsync(hurry)));
            }
            catch (OperationCanceledException)
            {
                // In a hurry: what still runs is found by the next start.
            }
        }

        await Task.WhenAll(_agents.Select(agent => agent.StopAsync()));
        await _master.StopAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_jobs is not null)
        {
            await _jobs.DisposeAsync();
        }

        if (_services is not null)
        {
            await _services.DisposeAsync();
        }

        foreach (var agent in _agents)
        {
            await agent.DisposeAsync();
        }

        await _master.DisposeAsync();
    }

    private static async Task<int> EndAsync(AgentHost agent) => (await agent.Completion).ExitCode;

    private async Task StartAgentsAsync(LocalRequest request, ILoggerFactory logs, CancellationToken cancel)
    {
        var starting = Enumerable.Range(0, request.Agents).Select(index => AgentHost.StartAsync(Settings(request, index, logs), cancel)).ToList();
        try
        {
            await Task.WhenAll(starting);
        }
        finally
        {
            _agents.AddRange(starting.Where(start => start.IsCompletedSuccessfully).Select(start => start.Result));
        }

        await Task.WhenAll(_agents.Select(agent => Task.WhenAny(agent.RegisteredAsync(cancel), agent.Completion))).WaitAsync(cancel);
    }

    private async Task StartServicesAsync(LocalRequest request, ProcessLogs logs, CancellationToken cancel)
    {
        if (request.ServicesPort is { } port)
        {
            _services = await ServicesWithPage.StartAsync(
                new ServicesSettings
                {
                    Masters = [Master.Authority],
                    WorkDirectory = Path.Join(request.WorkDirectory, "services"),
                    Ip = request.Ip,
                    Port = port,
                },
                logs,
                cancel);
        }
    }

    private async Task StartJobsAsync(LocalRequest request, ProcessLogs logs, CancellationToken cancel)
    {
        if (request.JobsPort is { } port)
        {
            _jobs = await JobsWithPage.StartAsync(
                new JobsSettings
                {
                    Masters = [Master.Authority],
                    WorkDirectory = Path.Join(request.WorkDirectory, "jobs"),
                    Ip = request.Ip,
                    Port = port,
                },
                logs,
                cancel);
        }
    }

    private AgentSettings Settings(LocalRequest request, int index, ILoggerFactory logs)
    {
        var directory = Path.Join(request.WorkDirectory, $"agent-{index + 1}");
        MakeDirectory(directory);
        return new AgentSettings
        {
            Master = Master.Authority,
            WorkDirectory = directory,
            Ip = request.Ip,
            Port = request.AgentPort == 0 ? 0 : request.AgentPort + index,
            Resources = request.Resources.Length > 0 ? request.Resources : MachineShare.Of(index, request.Agents, directory),
            Attributes = request.Attributes,
            Instance = index + 1,
            Logs = logs,
        };
    }

    private static void MakeDirectory(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.Storage, $"cannot make the work directory {directory}: {problem.Message}");
        }
    }
}
