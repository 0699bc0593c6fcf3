using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tepui.Frameworks.Events;
using Tepui.Frameworks.Hosting;
using Tepui.Frameworks.Scheduling;
using Tepui.Jobs.Core;
using Tepui.Jobs.Core.Events;
using Tepui.Jobs.Events;
using Tepui.Jobs.Loop;
using Tepui.Jobs.Metrics;
using Tepui.Jobs.Notices;
using Tepui.Jobs.Rest;
using Tepui.Jobs.Scheduling;
using Tepui.Protocol.Jobs;
using Tepui.Runtime.Hosting;
using Tepui.Runtime.Rest;

namespace Tepui.Jobs;

/// <summary>The parts of a running scheduler, put together.</summary>
internal sealed class JobsShell : IFrameworkShell
{
    private readonly JobsLoop _loop;
    private readonly MasterLink<JobsInput> _master;
    private readonly EventHub<JobEvent> _events;
    private readonly NoticeChannels _channels;
    private readonly INotifier _notifier;
    private readonly RestGate _gate;
    private readonly RestRouter _router;

    /// <summary>Puts the parts together; nothing runs yet.</summary>
    public JobsShell(JobsSettings settings, FrameworkHostOptions options, FrameworkStart start, ILogger logger)
    {
        var time = options.Time;
        var framework = settings.Profile.Info(start.Identity, [settings.Core.MesosRole], (start.Entries.GetValueOrDefault(StoreKeys.Framework) as FrameworkEntry)?.FrameworkId);
        _master = settings.Profile.Link(framework, settings.Core.MesosRole, new MasterNews(), time, logger);
        _events = new EventHub<JobEvent>(EventWriter.Write, time, logger);
        _channels = new NoticeChannels(settings.Notices, time);
        _notifier = new Notifier(_channels.All, input => _loop!.TellAsync(input), start.Metrics, time, logger);
        var core = StoreOpening.Recover(settings.StoreDirectory, () => new JobsCore(
            settings.Core with { User = settings.User, HasNoticeChannels = settings.Notices.TellsOfAll, HasMail = settings.Notices.Mail is not null },
            start.Entries,
            time.GetUtcNow()));
        TellUnreadable(core, time.GetUtcNow(), logger);
        var times = RunTimesOf(core, time.GetUtcNow());
        _loop = new JobsLoop(core, start.Store, new Outside(_master, _events, times, _notifier, logger), time, logger);
        var api = new JobsApi(settings.AllowedOrigins);
        _gate = new RestGate(settings.Gate, api, logger);
        _router = JobsRouter.Build(new RestParts
        {
            Api = api,
            Loop = _loop,
            Settings = settings,
            Options = options,
            Identity = start.Identity,
            Events = _events,
            Times = times,
            Metrics = new JobsMetrics(start.Metrics, _master, _events, times, time),
            Logger = logger,
            Stopping = start.Stopping,
        });
    }

    /// <inheritdoc/>
    public Task ServeAsync(HttpContext context, RequestDelegate next) => _gate.InvokeAsync(context, _router, next);

    /// <inheritdoc/>
    public IReadOnlyList<Task> Run(CancellationToken stopping) => [_loop.RunAsync(stopping), _master.RunAsync(_loop.TellAsync, stopping), _events.RunAsync(stopping)];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _master.DisposeAsync();
        await _notifier.DisposeAsync();
        _channels.Dispose();
    }

    // The store holds what ran before the start.
    private static void TellUnreadable(JobsCore core, DateTimeOffset now, ILogger logger)
    {
        foreach (var job in core.View(now).Jobs)
        {
            if (job.Job.Spec.Schedule is { Problem: { } problem } schedule)
            {
                logger.ScheduleUnreadable(job.Job.Name.Value, schedule.Times.Text, problem);
            }
        }
    }

    private static RunTimes RunTimesOf(JobsCore core, DateTimeOffset now)
    {
        var times = new RunTimes();
        foreach (var job in core.View(now).Jobs)
        {
            foreach (var run in (core.Find(job.Job.Name, now)?.Runs ?? []).Reverse())
            {
                times.Add(run);
            }
        }

        return times;
    }
}
