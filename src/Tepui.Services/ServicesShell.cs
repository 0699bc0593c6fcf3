using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tepui.Frameworks.Events;
using Tepui.Frameworks.Hosting;
using Tepui.Frameworks.Scheduling;
using Tepui.Protocol.Services;
using Tepui.Runtime.Hosting;
using Tepui.Runtime.Rest;
using Tepui.Services.Checks;
using Tepui.Services.Core;
using Tepui.Services.Core.Events;
using Tepui.Services.Events;
using Tepui.Services.Loop;
using Tepui.Services.Metrics;
using Tepui.Services.Rest;
using Tepui.Services.Scheduling;

namespace Tepui.Services;

/// <summary>The parts of a running scheduler, put together.</summary>
internal sealed class ServicesShell : IFrameworkShell
{
    private readonly ServicesLoop _loop;
    private readonly MasterLink<ServicesInput> _master;
    private readonly EventHub<ServiceEvent> _events;
    private readonly Callbacks _callbacks;
    private readonly CheckRunner _checks;
    private readonly LoadMeter _meter;
    private readonly TaskUsage _usage;
    private readonly FreeResources _free;
    private readonly RestGate _gate;
    private readonly RestRouter _router;

    /// <summary>Puts the parts together; nothing runs yet.</summary>
    public ServicesShell(ServicesSettings settings, FrameworkHostOptions options, FrameworkStart start, ILogger logger)
    {
        var time = options.Time;
        var roles = start.Entries.Values.OfType<InstanceEntry>().Where(entry => entry.Host is not null).Select(entry => entry.Role).Append(settings.Core.MesosRole);
        var framework = settings.Profile.Info(start.Identity, roles, (start.Entries.GetValueOrDefault(StoreKeys.Framework) as FrameworkEntry)?.FrameworkId);
        _master = settings.Profile.Link(framework, settings.Core.MesosRole, new MasterNews(), time, logger);
        _events = new EventHub<ServiceEvent>(EventWriter.Write, time, logger);
        _callbacks = new Callbacks(_events, settings.EventsWaitingMax, time, logger);
        _checks = new CheckRunner(TellAsync, settings.ChecksMax, time, logger);
        _usage = new TaskUsage(settings.Masters, time);
        _free = new FreeResources(settings.Masters);
        _meter = new LoadMeter(TellAsync, _usage, start.Stopping);
        var core = StoreOpening.Recover(settings.StoreDirectory, () => new ServicesCore(settings.Core with { MesosUser = settings.User, IdNode = Node(), Seed = Random.Shared.Next() }, start.Entries, time.GetUtcNow()));
        _loop = new ServicesLoop(core, start.Store, new Outside(_master, _events, _callbacks, _checks, _meter), time, logger);
        var api = new ServicesApi(start.Identity.Url);
        _gate = new RestGate(settings.Gate, api, logger);
        _router = ServicesRouter.Build(new RestParts
        {
            Api = api,
            Loop = _loop,
            Settings = settings,
            Options = options,
            Identity = start.Identity,
            Events = _events,
            Free = _free,
            Metrics = new ServicesMetrics(settings, start.Metrics, _master, _events, time),
            Logger = logger,
            Stopping = start.Stopping,
        });
        StartingCallbacks = [.. start.Entries.Values.OfType<CallbackEntry>().Select(entry => entry.Url)];

        ValueTask TellAsync(ServicesInput input) => _loop!.TellAsync(input);
    }

    private IReadOnlyList<string> StartingCallbacks { get; }

    /// <inheritdoc/>
    public Task ServeAsync(HttpContext context, RequestDelegate next) => _gate.InvokeAsync(context, _router, next);

    /// <inheritdoc/>
    public IReadOnlyList<Task> Run(CancellationToken stopping)
    {
        foreach (var url in StartingCallbacks)
        {
            _callbacks.Set(url, subscribed: true);
        }

        return [_loop.RunAsync(stopping), _master.RunAsync(_loop.TellAsync, stopping), _events.RunAsync(stopping)];
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
