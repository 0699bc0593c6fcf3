using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Tepui.Coordination;
using Tepui.Coordination.Local;
using Tepui.Frameworks.Store;
using Tepui.Runtime.Hosting;
using Tepui.Runtime.Http;
using Tepui.Runtime.Metrics;
using Tepui.Runtime.Rest;
using Tepui.Sdk.Scheduler;

namespace Tepui.Frameworks.Hosting;

/// <summary>A running framework: opens its store, listens, recovers, serves until it is stopped or fails.</summary>
public sealed class FrameworkHost : IAsyncDisposable
{
    private readonly IFramework _framework;
    private readonly FrameworkSettings _settings;
    private readonly FrameworkHostOptions _options;
    private readonly MetricRegistry _metrics;
    private readonly LocalStore _store;
    private readonly HostLife _life;
    private TepuiHost? _http;
    private IFrameworkShell? _shell;

    private FrameworkHost(IFramework framework, FrameworkSettings settings, FrameworkHostOptions options)
    {
        _framework = framework;
        _settings = settings;
        _options = options;
        _metrics = new MetricRegistry(options.Time);
        _store = StoreOpening.Open(framework.Name, settings.WorkDirectory, settings.StoreDirectory, settings.Durable);
        _life = new HostLife("the store", framework.Stopped, framework.Failed);
    }

    /// <summary>Where clients on this machine reach it.</summary>
    public Uri Address => _http!.Uri;

    /// <summary>Where it listens.</summary>
    public IPEndPoint Endpoint => _http!.Endpoint;

    /// <summary>Ends when the framework has stopped, with the exit code for its process: as <see cref="HostLife.Completion"/>, and <see cref="ExitCode.Failure"/> when the master will not have it.</summary>
    public Task<int> Completion => _life.Completion;

    /// <summary>Starts a framework and returns once it serves; the subscription at the master follows by itself.</summary>
    /// <exception cref="StartupException">It cannot start; the message says why and what to do.</exception>
    public static async Task<FrameworkHost> StartAsync(IFramework framework, FrameworkSettings settings, FrameworkHostOptions options, CancellationToken cancel = default)
    {
        var host = new FrameworkHost(framework, settings, options);
        try
        {
            await host.StartAsync(cancel);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops: streams end, what was accepted is durable; what runs goes on.</summary>
    public Task StopAsync() => _life.StopAsync();

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
        _life.Dispose();
    }

    private async Task StartAsync(CancellationToken cancel)
    {
        var store = new EntryStore(_store, _framework.Entries, _metrics, _options.Time);
        var entries = store.Load();

        // The port is known only once it listens, and it is told to the master: until then requests are told to come back.
        _http = await TepuiHost.StartAsync(
            new TepuiHostOptions
            {
                Name = _framework.Name,
                Address = _settings.Ip,
                Port = _settings.Port,
                MaxBodyBytes = RestBody.BytesMax,
                Logs = _options.Logs,
                Configure = _options.Configure,
                Endpoints = app =>
                {
                    app.Use(ServeAsync);
                    _options.Endpoints?.Invoke(app);
                },
            },
            new MesosRouter(_framework.Name),
            cancel);

        var identity = FrameworkIdentity.Create(_settings.Hostname, _settings.Ip, _http.Port);
        _shell = _framework.Build(new FrameworkStart(_http, identity, entries, store, _metrics, _life.Stopping));
        _life.Run(_shell.Run, _http, JudgeAsync);
    }

    private Task ServeAsync(HttpContext context, RequestDelegate next) => _shell is { } shell
        ? shell.ServeAsync(context, next)
        : _framework.ErrorAsync(context, StatusCodes.Status503ServiceUnavailable, "The scheduler has not finished recovery");

    // A framework that was torn down, or stayed away for longer than its failover timeout, never comes back under its id, and its tasks are gone. What it shall run is in the store, and runs under a new id.
    private async Task<(int Code, string Reason)?> JudgeAsync(Exception failure)
    {
        if (failure is not FrameworkErrorException e)
        {
            return null;
        }

        if (!e.Message.Contains("has been removed", StringComparison.OrdinalIgnoreCase))
        {
            return (ExitCode.Failure, $"the master will not have this framework: {e.Message}");
        }

        await _store.CommitAsync([new StoreChange(_framework.FrameworkKey, null)]);
        return (ExitCode.Failure, $"the master has removed this framework and ended its tasks; its id is forgotten. {_framework.AfterRemoval}");
    }
}
