using System.Threading.Channels;
using Tepui.Containers.Fetching;
using Tepui.Containers.Launchers;
using Tepui.Containers.Native;
using Tepui.Containers.Sandboxes;
using Tepui.Protocol.Supervisor;

namespace Tepui.Containers.Connection;

/// <summary>What comes before the supervisor is asked: sandbox, then URIs. A few workers make sandboxes; fetches wait for the network elsewhere and hold no worker.</summary>
internal sealed class LaunchPipeline : IAsyncDisposable
{
    private readonly Channel<Job> _jobs = Channel.CreateUnbounded<Job>();
    private readonly SemaphoreSlim _fetches;
    private readonly Fetcher _fetcher;
    private readonly Users _users;
    private readonly bool _switchUser;
    private readonly Action<TrackedContainer, SupervisorRequest.Types.Launch> _ready;
    private readonly Action<TrackedContainer, string> _failed;
    private readonly Task[] _workers;

    public LaunchPipeline(
        ContainerizerOptions options, Users users, Fetcher fetcher, Action<TrackedContainer, SupervisorRequest.Types.Launch> ready, Action<TrackedContainer, string> failed)
    {
        _fetches = new SemaphoreSlim(Math.Max(1, options.FetchesMax));
        _fetcher = fetcher;
        _users = users;
        _switchUser = options.SwitchUser;
        _ready = ready;
        _failed = failed;
        _workers = [.. Enumerable.Range(0, Math.Clamp(Environment.ProcessorCount, 2, 8)).Select(_ => Task.Run(WorkAsync))];
    }

    /// <summary>Begins; ends with exactly one call of <c>ready</c> or <c>failed</c>.</summary>
    public void Begin(TrackedContainer container, ContainerLaunch launch) => _jobs.Writer.TryWrite(new(container, launch));

    public async ValueTask DisposeAsync()
    {
        _jobs.Writer.TryComplete();
        await Task.WhenAll(_workers);
        _fetches.Dispose();
    }

    private async Task WorkAsync()
    {
        await foreach (var job in _jobs.Reader.ReadAllAsync())
        {
            await GuardAsync(job, () =>
            {
                Sandbox.Make(job.Launch.SandboxDirectory, User(job.Launch), _users);
                if ((ContainerSettings.Problem(job.Launch.Container) ?? ContainerSettings.Problem(job.Launch.Around)) is { } problem)
                {
                    throw new IOException(problem);
                }

                if (job.Launch.Command.Uris.Count == 0)
                {
                    Finish(job);
                }
                else
                {
                    _ = GuardAsync(job, () => FetchAsync(job));
                }

                return Task.CompletedTask;
            });
        }
    }

    private async Task FetchAsync(Job job)
    {
        var cancel = job.Container.Cancel.Token;
        await _fetches.WaitAsync(cancel);
        try
        {
            await _fetcher.FetchAsync(job.Launch.Command.Uris, job.Launch.SandboxDirectory, _users.Resolve(User(job.Launch)), cancel);
        }
        catch (FetchException failure)
        {
            throw new IOException($"Failed to fetch all URIs for container '{job.Launch.Id}': {failure.Message}", failure);
        }
        finally
        {
            _fetches.Release();
        }

        Finish(job);
    }

    private void Finish(Job job) => _ready(job.Container, LaunchRequest.Build(job.Launch, job.Launch.Command, _users.Resolve(User(job.Launch))));

    private string? User(ContainerLaunch launch) => _switchUser ? launch.User : null;

    private async Task GuardAsync(Job job, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException)
        {
            _failed(job.Container, "The container was killed before its process was started");
        }
        catch (Exception failure)
        {
            _failed(job.Container, failure.Message);
        }
    }

    private readonly record struct Job(TrackedContainer Container, ContainerLaunch Launch);
}
