using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tepui.Coordination;
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
    private readonly CancellationTokenSource _stopping = new();
    private readonly LocalStore _store;
    private readonly ILogger _logger;
    private TepuiHost? _http;
    private MasterRouter? _router;
    private Task<int> _running = Task.FromResult(ExitCode.Ok);
    private int _stopped;

    private MasterHost(LocalStore store, ILogger logger)
    {
        _store = store;
        _logger = logger;
    }

    /// <summary>Where clients on this machine reach it.</summary>
    public Uri Address => _http!.Uri;

    /// <summary>Where it listens.</summary>
    public IPEndPoint Endpoint => _http!.Endpoint;

    /// <summary>Ends when the master has stopped, with the exit code for its process: <see cref="ExitCode.Ok"/> when asked to, <see cref="ExitCode.StoreFailed"/> when the registry could not be written, <see cref="ExitCode.Internal"/> when a bug was detected.</summary>
    public Task<int> Completion => _running;

    /// <summary>Starts a master and returns once it serves.</summary>
    /// <exception cref="StartupException">It cannot start; the message says why and what to do.</exception>
    public static async Task<MasterHost> StartAsync(MasterSettings settings, MasterHostOptions? options = null, CancellationToken cancel = default)
    {
        options ??= new MasterHostOptions();
        var logger = (options.Logs ?? NullLoggerFactory.Instance).CreateLogger("Tepui.Master");
        var host = new MasterHost(Open(settings), logger);
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
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _stopped, 1) == 0)
        {
            await _stopping.CancelAsync();
            _logger.Stopped();
        }

        await _running;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_http is { } http)
        {
            await http.DisposeAsync();
        }

        await _store.DisposeAsync();
        _stopping.Dispose();
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
        _router = MasterRouter.Build(settings, options, identity, core, registry, own, logger, _stopping.Token);
        logger.Started(
            identity.Info.Id,
            Address,
            identity.Pid,
            registry.Epoch,
            entries.Keys.Count(key => key.StartsWith("agents/", StringComparison.Ordinal)),
            entries.Keys.Count(key => key.StartsWith("frameworks/", StringComparison.Ordinal)));
        _running = Task.Run(() => RunAsync(_router.Loop), CancellationToken.None);
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

    private async Task<int> RunAsync(MasterLoop loop)
    {
        var code = ExitCode.Ok;
        try
        {
            await loop.RunAsync(_stopping.Token);
        }
        catch (StoreFailedException e)
        {
            _logger.Failed(exception: null, $"the registry could not be written: {e.Message}");
            code = ExitCode.StoreFailed;
        }
        catch (Exception e)
        {
            _logger.Failed(e, $"a bug was detected: {e.Message}");
            code = ExitCode.Internal;
        }

        // Streams and links end with the loop, whatever ended it.
        await _stopping.CancelAsync();
        await _http!.StopAsync();
        return code;
    }

    private static LocalStore Open(MasterSettings settings)
    {
        try
        {
            return LocalStore.Open(settings.RegistryDirectory, new LocalStoreOptions { Durable = settings.Durable });
        }
        catch (StoreLockedException e)
        {
            throw new StartupException(e.Message, ExitCode.InUse, e);
        }
        catch (StoreCorruptException e)
        {
            throw new StartupException(e.Message, ExitCode.Corrupt, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var hint = e is UnauthorizedAccessException ? " Choose a work directory that this user may write." : "";
            throw new StartupException($"The master cannot use its work directory {settings.WorkDirectory}: {e.Message}{hint}", ExitCode.Storage, e);
        }
    }
}
