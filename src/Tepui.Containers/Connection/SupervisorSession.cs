using Microsoft.Extensions.Logging;
using Tepui.Model.Identifiers;
using Tepui.Protocol.Supervisor;

namespace Tepui.Containers.Connection;

/// <summary>Keeps the agent connected: reads what the supervisor tells, and when it is gone starts another and goes on with that.</summary>
internal sealed class SupervisorSession(SupervisorHost host, ContainerBook book, ILogger log, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private SupervisorLink? _link;
    private volatile bool _isEnding;

    /// <summary>Connects for the first time.</summary>
    /// <returns>What was there before; of those being started at this moment, the ones that came to run.</returns>
    public async Task<IReadOnlyList<RecoveredContainer>> OpenAsync(CancellationToken cancel)
    {
        var (link, welcome) = await host.ConnectAsync(cancel);
        _link = link;
        var early = await SettleAsync(link, welcome, cancel);
        book.Attach(link, welcome);
        foreach (var message in early)
        {
            book.Handle(message);
        }

        log.SupervisorConnected(welcome.Pid, welcome.Containers.Count);
        return [.. welcome.Containers.Where(static known => !known.Transient).Select(static known =>
            new RecoveredContainer(new ContainerId(known.Id), (int)known.Pid, known.Running, known.HasWaitStatus ? known.WaitStatus : null)
            {
                EndedAt = known.HasEndedMs ? TimeTold.Read(known.EndedMs) : null,
            })];
    }

    /// <summary>Tells the supervisor to end; <see cref="RunAsync"/> ends with it and starts no other.</summary>
    public void End()
    {
        _isEnding = true;
        _link!.Send(new SupervisorRequest { Shutdown = new() });
    }

    /// <summary>Reads until stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                while (await _link!.ReadAsync(stop) is { } message)
                {
                    book.Handle(message);
                }

                book.Detach();
                await _link.DisposeAsync();
                if (_isEnding)
                {
                    return;
                }

                log.SupervisorLost();
                await ReconnectAsync(stop);
                if (_isEnding)
                {
                    End();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The containerizer is being disposed.
        }
        finally
        {
            await _link!.DisposeAsync();
        }
    }

    private async Task ReconnectAsync(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                var (link, welcome) = await host.ConnectAsync(stop);
                _link = link;
                book.Attach(link, welcome);
                log.SupervisorConnected(welcome.Pid, welcome.Containers.Count);
                return;
            }
            catch (Exception failure) when (failure is IOException or InvalidDataException)
            {
                log.SupervisorMissing(failure.Message);
                await Task.Delay(Pause, time, stop);
            }
        }
    }

    /// <summary>Containers that are just being started are waited for, so that each is either running or was never there.</summary>
    /// <returns>Events about others that came in meanwhile.</returns>
    private static async Task<List<SupervisorEvent>> SettleAsync(SupervisorLink link, SupervisorEvent.Types.Welcome welcome, CancellationToken cancel)
    {
        var early = new List<SupervisorEvent>();
        var open = welcome.Containers.Where(static known => known is { Running: true, Pid: 0 }).ToDictionary(static known => known.Id);
        while (open.Count > 0 && await link.ReadAsync(cancel) is { } message)
        {
            if (message.Started is { } started && open.Remove(started.Id, out var running))
            {
                running.Pid = started.Pid;
            }
            else if (message.StartFailed is { } failed && open.Remove(failed.Id, out var none))
            {
                welcome.Containers.Remove(none);
            }
            else
            {
                early.Add(message);
            }
        }

        return early;
    }
}
