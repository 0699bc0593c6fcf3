using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tepui.Coordination.Local;
using Tepui.Master.Loop;
using Tepui.Master.Registry;
using Tepui.Protocol.V1;
using Tepui.Runtime.Hosting;
using Tepui.Runtime.Http;
using Tepui.Runtime.Metrics;

namespace Tepui.Master;

/// <summary>A running master: opens the registry, listens, recovers, serves until it is stopped or fails.</summary>
public sealed class MasterHost : IAsyncDisposable
{
    private readonly LocalStore _store;
    private readonly HostLife _life;
    private TepuiHost? _http;
    private MasterRouter? _router;

    private MasterHost(LocalStore store, ILogger logger)
    {
        _store = store;
        _life = new HostLife("the registry", logger.Stopped, logger.Failed);
    }

    /// <summary>Where clients on this machine reach it.</summary>
    public Uri Address => _http!.Uri;

    /// <summary>Where it listens.</summary>
    public IPEndPoint Endpoint => _http!.Endpoint;

    /// <summary>Ends when the master has stopped, with the exit code for its process: <see cref="ExitCode.Ok"/> when asked to, <see cref="ExitCode.StoreFailed"/> when the registry could not be written, <see cref="ExitCode.Internal"/> when a bug was detected.</summary>
    public Task<int> Completion => _life.Completion;

    /// <summary>Starts a master and returns once it serves.</summary>
    /// <exception cref="StartupException">It cannot start; the message says why and what to do.</exception>
    public static async Task<MasterHost> StartAsync(MasterSettings settings, MasterHostOptions? options = null, CancellationToken cancel = default)
    {
        options ??= new MasterHostOptions();
        var logger = (options.Logs ?? NullLoggerFactory.Instance).CreateLogger("Tepui.Master");
        var host = new MasterHost(StoreOpening.Open("master", settings.WorkDirectory, settings.RegistryDirectory, settings.Durable), logger);
        try
        {
            await host.StartAsync(settings, options, logger, cancel);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops: streams and links end, what was accepted is durable.</summary>
    public Task StopAsync() => _life.StopAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_http is { } http)
        {
            await http.DisposeAsync();
        }

        await _store.DisposeAsync();
        _life.Dispose();
    }

    private async Task StartAsync(MasterSettings settings, MasterHostOptions options, ILogger logger, CancellationToken cancel)
    {
        var own = new MetricRegistry(options.Time);
        var registry = new MasterRegistry(_store, own, options.Time, logger);
        var entries = registry.Load();

        // The port is known only once it listens, and the master's identity holds it: until then requests are told to come back.
        _http = await TepuiHost.StartAsync(
            new TepuiHostOptions
            {
                Name = "master",
                Address = settings.Ip,
                Port = settings.Port,
                Logs = options.Logs,
                Configure = options.Configure,
                Endpoints = app =>
                {
                    app.Use(ServeAsync);
                    options.Endpoints?.Invoke(app);
                },
            },
            new MesosRouter("master"),
            cancel);

        var identity = await Identities.CreateAsync(settings, _http.Port, options.Time.GetUtcNow(), cancel);
        var core = new Core.MasterCore(Identities.Options(settings, identity, registry.Epoch), entries, options.Time.GetUtcNow());
        _router = MasterRouter.Build(settings, options, identity, core, registry, own, logger, _life.Stopping);
        logger.Started(
            identity.Info.Id,
            Address,
            identity.Pid,
            registry.Epoch,
            entries.Keys.Count(key => key.StartsWith("agents/", StringComparison.Ordinal)),
            entries.Keys.Count(key => key.StartsWith("frameworks/", StringComparison.Ordinal)));
        _life.Run(stopping => [_router.Loop.RunAsync(stopping)], _http);
        if (entries.Count == 0 && settings.Weights.Count > 0)
        {
            await SeedWeightsAsync(_router.Loop, settings.Weights, cancel);
        }
    }

    // From the first start on the weights are the registry's; the flag is not looked at again.
    private static async Task SeedWeightsAsync(MasterLoop loop, IReadOnlyDictionary<string, double> weights, CancellationToken cancel)
    {
        var infos = weights.Select(weight => new WeightInfo { Role = weight.Key, Weight = weight.Value }).ToList();
        var reply = await loop.CallAsync(request => new Core.MasterInput.UpdateWeights(request, infos), cancel);
        if (reply.Status != StatusCodes.Status200OK)
        {
            throw new StartupException($"--weights is not valid: {reply.Body}.", ExitCode.Usage);
        }
    }

    private Task ServeAsync(HttpContext context, RequestDelegate next) => _router is { } router
        ? router.Routes.InvokeAsync(context, next)
        : Answer.TextAsync(context, StatusCodes.Status503ServiceUnavailable, "Master has not finished recovery");
}
