using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tepui.Coordination;
using Tepui.Coordination.Local;
using Tepui.Runtime.Hosting;
using Tepui.Runtime.Http;
using Tepui.Runtime.Metrics;
using Tepui.Sdk.Scheduler;
using Tepui.Services.Rest.Http;
using Tepui.Services.Store;

namespace Tepui.Services;

/// <summary>A running services scheduler: opens its store, listens, recovers, subscribes at the master, serves until it is stopped or fails.</summary>
public sealed class ServicesHost : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly LocalStore _store;
    private readonly ILogger _logger;
    private TepuiHost? _http;
    private ServicesShell? _shell;
    private Task<int> _running = Task.FromResult(ExitCode.Ok);
    private int _stopped;

    private ServicesHost(LocalStore store, ILogger logger)
    {
        _store = store;
        _logger = logger;
    }

    /// <summary>Where clients on this machine reach it.</summary>
    public Uri Address => _http!.Uri;

    /// <summary>Where it listens.</summary>
    public IPEndPoint Endpoint => _http!.Endpoint;

    /// <summary>Ends when the scheduler has stopped, with the exit code for its process: <see cref="ExitCode.Ok"/> when asked to, <see cref="ExitCode.StoreFailed"/> when the store could not be written, <see cref="ExitCode.Failure"/> when the master will not have it, <see cref="ExitCode.Internal"/> when a bug was detected.</summary>
    public Task<int> Completion => _running;

    /// <summary>Starts a scheduler and returns once it serves; the subscription at the master follows by itself.</summary>
    /// <exception cref="StartupException">It cannot start; the message says why and what to do.</exception>
    public static async Task<ServicesHost> StartAsync(ServicesSettings settings, ServicesHostOptions? options = null, CancellationToken cancel = default)
    {
        options ??= new ServicesHostOptions();
        var logger = (options.Logs ?? NullLoggerFactory.Instance).CreateLogger("Tepui.Services");
        var host = new ServicesHost(Open(settings), logger);
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

    /// <summary>Stops: streams end, what was accepted is durable; what runs goes on.</summary>
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

        if (_shell is { } shell)
        {
            await shell.DisposeAsync();
        }

        await _store.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task StartAsync(ServicesSettings settings, ServicesHostOptions options, ILogger logger, CancellationToken cancel)
    {
        var metrics = new MetricRegistry(options.Time);
        var store = new ServicesStore(_store, metrics, options.Time);
        var entries = store.Load();

        // The port is known only once it listens, and it is told to the master: until then requests are told to come back.
        _http = await TepuiHost.StartAsync(
            new TepuiHostOptions
            {
                Name = "services scheduler",
                Address = settings.Ip,
                Port = settings.Port,
                MaxBodyBytes = RestBody.BytesMax,
                Logs = options.Logs,
                Configure = options.Configure,
                Endpoints = app =>
                {
                    app.Use(ServeAsync);
                    options.Endpoints?.Invoke(app);
                },
            },
            new MesosRouter("services"),
            cancel);

        _shell = ServicesShell.Build(settings, options, _http, entries, store, metrics, logger, _stopping.Token);
        logger.Started(
            Address,
            store.Epoch,
            entries.Keys.Count(key => key.StartsWith("specs/", StringComparison.Ordinal)),
            entries.Keys.Count(key => key.StartsWith("instances/", StringComparison.Ordinal)));
        _running = Task.Run(() => RunAsync(_shell), CancellationToken.None);
    }

    private Task ServeAsync(HttpContext context, RequestDelegate next) => _shell is { } shell
        ? shell.ServeAsync(context, next)
        : RestAnswer.ErrorAsync(context, StatusCodes.Status503ServiceUnavailable, "The scheduler has not finished recovery");

    private async Task<int> RunAsync(ServicesShell shell)
    {
        var code = ExitCode.Ok;
        try
        {
            await shell.RunAsync(_stopping);
        }
        catch (StoreFailedException e)
        {
            _logger.Failed(exception: null, $"the store could not be written: {e.Message}");
            code = ExitCode.StoreFailed;
        }
        catch (FrameworkErrorException e)
        {
            _logger.Failed(exception: null, await ForgetRemovedAsync(e));
            code = ExitCode.Failure;
        }
        catch (Exception e)
        {
            _logger.Failed(e, $"a bug was detected: {e.Message}");
            code = ExitCode.Internal;
        }

        // Streams end with the loop, whatever ended it.
        await _stopping.CancelAsync();
        await _http!.StopAsync();
        return code;
    }

    // A framework that was torn down, or stayed away for longer than its failover timeout, never comes back under its id, and its tasks are gone. What it shall run is in the store, and runs under a new id.
    private async Task<string> ForgetRemovedAsync(FrameworkErrorException e)
    {
        if (!e.Message.Contains("has been removed", StringComparison.OrdinalIgnoreCase))
        {
            return $"the master will not have this framework: {e.Message}";
        }

        await _store.CommitAsync([new StoreChange(Core.StoreKeys.Framework, null)]);
        return "the master has removed this framework and ended its tasks; its id is forgotten. Start again to register anew and run all apps again.";
    }

    private static LocalStore Open(ServicesSettings settings)
    {
        try
        {
            return LocalStore.Open(settings.StoreDirectory, new LocalStoreOptions { Durable = settings.Durable });
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
            throw new StartupException($"The services scheduler cannot use its work directory {settings.WorkDirectory}: {e.Message}{hint}", ExitCode.Storage, e);
        }
    }
}
