using System.Security.Cryptography;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tepui.Frameworks.Scheduling;
using Tepui.Protocol.Services;
using Tepui.Runtime.Hosting;
using Tepui.Runtime.Metrics;
using Tepui.Sdk.Scheduler;
using Tepui.Services.Checks;
using Tepui.Services.Core;
using Tepui.Services.Events;
using Tepui.Services.Loop;
using Tepui.Services.Metrics;
using Tepui.Services.Rest;
using Tepui.Services.Rest.Http;
using Tepui.Services.Scheduling;
using Tepui.Services.Store;

namespace Tepui.Services;

/// <summary>The parts of a running scheduler, put together.</summary>
internal sealed class ServicesShell : IAsyncDisposable
{
    private readonly ServicesLoop _loop;
    private readonly MasterLink _master;
    private readonly EventHub _events;
    private readonly Callbacks _callbacks;
    private readonly CheckRunner _checks;
    private readonly LoadMeter _meter;
    private readonly TaskUsage _usage;
    private readonly FreeResources _free;
    private readonly RestGate _gate;
    private readonly RestRouter _router;

    private ServicesShell(ServicesSettings settings, ServicesHostOptions options, TepuiHost http, IReadOnlyDictionary<string, IMessage> entries, ServicesStore store, MetricRegistry metrics, ILogger logger, CancellationToken stopping)
    {
        var time = options.Time;
        var identity = ServicesIdentity.Create(settings, http);
        var framework = FrameworkInfos.Create(settings, identity, entries);
        _master = new MasterLink(
            known => new SchedulerClient(FrameworkInfos.Options(settings, known, time)),
            new SubscribedRoles(framework, settings.Core.MesosRole, time),
            logger);
        _events = new EventHub(time, logger);
        _callbacks = new Callbacks(_events, settings.EventsWaitingMax, time, logger);
        _checks = new CheckRunner(TellAsync, settings.ChecksMax, time, logger);
        _usage = new TaskUsage(settings.Masters, time);
        _free = new FreeResources(settings.Masters);
        _meter = new LoadMeter(TellAsync, _usage, stopping);
        var core = new ServicesCore(settings.Core with { MesosUser = settings.User, IdNode = Node(), Seed = Random.Shared.Next() }, entries, time.GetUtcNow());
        _loop = new ServicesLoop(core, store, new Outside(_master, _events, _callbacks, _checks, _meter), time, logger);
        _gate = new RestGate(
            new RestGateOptions
            {
                Leader = () => identity.Url,
                Credentials = settings.Credentials,
                Realm = settings.Realm,
                RequestsMax = settings.RequestsMax,
                AllowedOrigins = settings.AllowedOrigins,
                Compress = settings.Compress,
            },
            logger);
        _router = ServicesRouter.Build(new RestParts
        {
            Loop = _loop,
            Settings = settings,
            Options = options,
            Identity = identity,
            Events = _events,
            Free = _free,
            Metrics = new ServicesMetrics(settings, metrics, _master, _events, time),
            Logger = logger,
            Stopping = stopping,
        });
        StartingCallbacks = [.. entries.Values.OfType<CallbackEntry>().Select(entry => entry.Url)];

        ValueTask TellAsync(ServicesInput input) => _loop!.TellAsync(input);
    }

    private IReadOnlyList<string> StartingCallbacks { get; }

    /// <summary>Puts the parts together; nothing runs yet.</summary>
    public static ServicesShell Build(ServicesSettings settings, ServicesHostOptions options, TepuiHost http, IReadOnlyDictionary<string, IMessage> entries, ServicesStore store, MetricRegistry metrics, ILogger logger, CancellationToken stopping) =>
        new(settings, options, http, entries, store, metrics, logger, stopping);

    /// <summary>Answers a request of the API; passes on those for endpoints of other parts.</summary>
    public Task ServeAsync(HttpContext context, RequestDelegate next) => _gate.InvokeAsync(context, async passed =>
    {
        if (await _router.TryServeAsync(passed))
        {
            return;
        }

        // Endpoints of other parts, as of the web page, were found by the routing before.
        await (passed.GetEndpoint() is not null ? next(passed) : RestAnswer.UnknownAsync(passed));
    });

    /// <summary>Runs all parts until the first ends; throws what made it fail. The others are stopped.</summary>
    public async Task RunAsync(CancellationTokenSource stopping)
    {
        foreach (var url in StartingCallbacks)
        {
            _callbacks.Set(url, subscribed: true);
        }

        Task[] parts =
        [
            _loop.RunAsync(stopping.Token),
            _master.RunAsync(input => _loop.TellAsync(input), stopping.Token),
            _events.RunAsync(stopping.Token),
        ];
        var first = await Task.WhenAny(parts);
        await stopping.CancelAsync();
        await first;
        await Task.WhenAll(parts);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _master.DisposeAsync();
        await _checks.DisposeAsync();
        await _callbacks.DisposeAsync();
        _meter.Dispose();
        _usage.Dispose();
        _free.Dispose();
    }

    // Ids made by two schedulers, or by one before and after a restart, never meet.
    private static long Node() => (long)(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) & 0xffff_ffff_ffff);
}
