using Microsoft.Extensions.Logging;
using Tepui.Agent.Core;
using Tepui.Containers;
using Tepui.Containers.Probes;
using Tepui.Model.Identifiers;

namespace Tepui.Agent.Containers;

/// <summary>Between the core and the containerizer: orders go in, what becomes of containers comes out as inputs.</summary>
/// <param name="containerizer">Does the work.</param>
/// <param name="workDirectory">Directories of plans are below it.</param>
/// <param name="logger">Log.</param>
internal sealed class ContainerDoor(Containerizer containerizer, string workDirectory, ILogger logger)
{
    private Func<AgentInput, CancellationToken, ValueTask> _post = (_, _) => default;
    private CancellationToken _stopping;

    /// <summary>Reports what happens until cancelled; call it before the first order.</summary>
    public async Task RunAsync(Func<AgentInput, CancellationToken, ValueTask> post, CancellationToken stopping)
    {
        _post = post;
        _stopping = stopping;
        try
        {
            await foreach (var happened in containerizer.Events.ReadAllAsync(stopping))
            {
                await post(Input(happened), stopping);
            }
        }
        catch (Exception e) when (e is Runtime.Mailboxes.MailboxClosedException || (e is OperationCanceledException && stopping.IsCancellationRequested))
        {
            // The agent stops.
        }
    }

    /// <summary>Starts a container.</summary>
    public void Start(ContainerPlan plan) => containerizer.Launch(Launch(plan));

    /// <summary>Makes the sandbox of an executor without a process of its own.</summary>
    public void MakeSandbox(string directory, string? user) => _ = MakeSandboxAsync(directory, user);

    /// <summary>Ends a container.</summary>
    public void Kill(ContainerId container, TimeSpan grace) => containerizer.Kill(container, grace);

    /// <summary>Drops what is kept about an ended container.</summary>
    public void Forget(ContainerId container) => containerizer.Forget(container);

    /// <summary>Deletes a sandbox.</summary>
    public void RemoveSandbox(string directory) => _ = RemoveSandboxAsync(directory);

    /// <summary>Runs one check.</summary>
    public void Probe(ProbePlan plan) => _ = ProbeAsync(plan);

    private AgentInput Input(ContainerEvent happened)
    {
        switch (happened)
        {
            case ContainerEvent.Started started:
                logger.Started(started.Container.Value, started.Pid);
                return new AgentInput.ContainerStarted(started.Container, started.Pid) { StartedAt = started.StartedAt };
            case ContainerEvent.StartFailed failed:
                logger.StartFailed(failed.Container.Value, failed.Message);
                return new AgentInput.ContainerStartFailed(failed.Container, failed.Message);
            case ContainerEvent.Exited exited:
                logger.Exited(exited.Container.Value, exited.WaitStatus);
                return new AgentInput.ContainerExited(exited.Container, exited.WaitStatus) { EndedAt = exited.EndedAt };
            default:
                throw new InvalidOperationException($"{happened.GetType().Name} is not known here");
        }
    }

    private ContainerLaunch Launch(ContainerPlan plan) => new()
    {
        Id = plan.Id,
        Command = plan.Command,
        Environment = plan.Environment,
        User = plan.User,
        Container = plan.Container,
        Around = plan.Around,
        SandboxDirectory = Path.Combine(workDirectory, plan.Directory),
    };

    private async Task MakeSandboxAsync(string directory, string? user)
    {
        try
        {
            await containerizer.MakeSandboxAsync(Path.Combine(workDirectory, directory), user);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Its containers fail to start, with the same cause, and their tasks say so.
            logger.SandboxFailed(directory, e.Message);
        }
    }

    private async Task RemoveSandboxAsync(string directory)
    {
        try
        {
            await containerizer.RemoveSandboxAsync(Path.Combine(workDirectory, directory));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.SandboxNotRemoved(directory, e.Message);
        }
    }

    private async Task ProbeAsync(ProbePlan plan)
    {
        try
        {
            var outcome = await containerizer.ProbeAsync(
                new ProbeRequest
                {
                    Container = Launch(plan.Container),
                    Command = plan.Command,
                    Http = plan.Http,
                    TcpPort = plan.TcpPort,
                    Ipv6 = plan.Ipv6,
                    Timeout = plan.Timeout,
                },
                _stopping);
            await _post(new AgentInput.Probed(plan.Id, outcome.Result, outcome.Failure), _stopping);
        }
        catch (Exception e) when (e is OperationCanceledException or Runtime.Mailboxes.MailboxClosedException)
        {
            // The agent stops; checks begin anew with the next one.
        }
    }
}
