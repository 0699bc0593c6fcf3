using Microsoft.Extensions.Logging;
using Tepui.Services.Core;
using Tepui.Services.Core.Health;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Checks;

/// <summary>Makes the checks that the scheduler runs itself: started and stopped by the core, results told to it. At most a fixed number is made at one time.</summary>
/// <param name="tell">Takes results to the core.</param>
/// <param name="concurrent">Checks at one time.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where trouble is told.</param>
internal sealed class CheckRunner(Func<ServicesInput, ValueTask> tell, int concurrent, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan IntervalMin = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan IntervalMax = TimeSpan.FromDays(1);

    private readonly Prober _prober = new();
    private readonly SemaphoreSlim _slots = new(concurrent);
    private readonly Dictionary<(InstanceId Instance, bool IsReadiness), Run> _runs = [];
    private readonly HashSet<Task> _ending = [];

    /// <summary>Instances that are checked.</summary>
    public int Count => _runs.Count;

    /// <summary>Begins the health checks of an instance, in place of those before.</summary>
    public void Start(ServicesEffect.StartHealthChecks start) => Begin((start.Instance, false), stop =>
        [.. start.Probes.Select(probe => RepeatAsync(
            new Check(start.Instance, probe.Check.Timing.Interval, cancel => CheckHealthAsync(start, probe, cancel), problem => new ServicesInput.HealthChecked(start.Instance, probe.Index, false, problem)),
            stop))]);

    /// <summary>Begins the readiness check of an instance; it ends once the instance was ready.</summary>
    public void Start(ServicesEffect.StartReadinessCheck start) => Begin((start.Instance, true), stop =>
        [RepeatAsync(
            new Check(start.Instance, start.Check.Interval, cancel => CheckReadinessAsync(start, cancel), _ => NotReady(start)),
            stop)]);

    /// <summary>Ends all checks of an instance.</summary>
    public void Stop(InstanceId instance)
    {
        End((instance, false));
        End((instance, true));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var key in _runs.Keys.ToList())
        {
            End(key);
        }

        await Task.WhenAll(_ending);
        _prober.Dispose();
        _slots.Dispose();
    }

    private void Begin((InstanceId Instance, bool IsReadiness) key, Func<CancellationToken, Task[]> start)
    {
        End(key);
        var stop = new CancellationTokenSource();
        _runs[key] = new Run(stop, Task.WhenAll(start(stop.Token)));
    }

    private void End((InstanceId Instance, bool IsReadiness) key)
    {
        if (!_runs.Remove(key, out var run))
        {
            return;
        }

        _ending.RemoveWhere(task => task.IsCompleted);
        _ending.Add(EndAsync(run));
    }

    private static async Task EndAsync(Run run)
    {
        await run.Stop.CancelAsync();
        await run.Running;
        run.Stop.Dispose();
    }

    /// <summary>Makes a check again and again until it says that it is done.</summary>
    private async Task RepeatAsync(Check check, CancellationToken stop)
    {
        // The loop of the core starts checks; it must not make one.
        await Task.Yield();
        var interval = TimeSpan.FromTicks(Math.Clamp(check.Interval.Ticks, IntervalMin.Ticks, IntervalMax.Ticks));
        try
        {
            while (true)
            {
                await _slots.WaitAsync(stop);
                bool isDone;
                try
                {
                    isDone = await MakeAsync(check, stop);
                }
                finally
                {
                    _slots.Release();
                }

                if (isDone)
                {
                    return;
                }

                await Task.Delay(interval, time, stop);
            }
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // The instance is checked no more.
        }
        catch (Exception e)
        {
            // Nobody takes results any more.
            logger.CheckFailed(e, check.Instance.Value, e.Message);
        }
    }

    private async Task<bool> MakeAsync(Check check, CancellationToken stop)
    {
        string problem;
        try
        {
            return await check.MakeAsync(stop);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            problem = e.Message;
            logger.CheckFailed(e, check.Instance.Value, problem);
        }

        await tell(check.Failed(problem));
        return false;
    }

    private static ServicesInput.ReadinessChecked NotReady(ServicesEffect.StartReadinessCheck start) =>
        new(start.Instance, new ReadinessResult(start.Check.Name, start.Task.Value, false, null, null, null));

    private async Task<bool> CheckHealthAsync(ServicesEffect.StartHealthChecks start, HealthProbe probe, CancellationToken stop)
    {
        var check = probe.Check;
        if (check.Protocol == HealthProtocol.Tcp)
        {
            var problem = await Prober.ConnectAsync(start.Host, probe.Port, check.Timing.Timeout, stop);
            await tell(new ServicesInput.HealthChecked(start.Instance, probe.Index, problem is null, problem));
            return false;
        }

        var answer = await _prober.GetAsync(Address(check.Protocol == HealthProtocol.Https, start.Host, probe.Port, check.Path), check.Timing.Timeout, readBody: false, stop);
        if (!(check.IgnoreHttp1xx && answer.Status is < 200))
        {
            var success = answer.Status is >= 200 and < 400;
            await tell(new ServicesInput.HealthChecked(start.Instance, probe.Index, success, success ? null : answer.Problem ?? $"it answered {answer.Status}"));
        }

        return false;
    }

    private async Task<bool> CheckReadinessAsync(ServicesEffect.StartReadinessCheck start, CancellationToken stop)
    {
        var check = start.Check;
        var answer = await _prober.GetAsync(Address(check.IsHttps, start.Host, start.Port, check.Path), check.Timeout, check.PreserveLastResponse, stop);
        var ready = answer.Status is { } status && check.ReadyStatusCodes.Contains(status);
        var shown = check.PreserveLastResponse ? answer : ProbeAnswer.Failed("");
        await tell(new ServicesInput.ReadinessChecked(start.Instance, new ReadinessResult(check.Name, start.Task.Value, ready, shown.Status, shown.ContentType, shown.Body)));
        return ready;
    }

    private static Uri Address(bool isHttps, string host, int port, string? path)
    {
        var target = path is { Length: > 0 } ? path.StartsWith('/') ? path : "/" + path : "/";
        var name = host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
        return new Uri($"{(isHttps ? "https" : "http")}://{name}:{port}{target}");
    }

    /// <summary>A check: how often, how it is made (it says whether it is done), and what the core is told when it cannot be made.</summary>
    private sealed record Check(InstanceId Instance, TimeSpan Interval, Func<CancellationToken, Task<bool>> MakeAsync, Func<string, ServicesInput> Failed);

    private sealed record Run(CancellationTokenSource Stop, Task Running);
}
