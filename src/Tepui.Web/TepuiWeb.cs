using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tepui.Web.Client;
using Tepui.Web.Cluster;
using Tepui.Web.Commands;
using Tepui.Web.Jobs;
using Tepui.Web.Layout;
using Tepui.Web.Live;
using Tepui.Web.Pages;
using Tepui.Web.Pages.JobEdit;
using Tepui.Web.Pages.TaskDetail;
using Tepui.Web.Services;

namespace Tepui.Web;

/// <summary>Puts the web page into a web application: services first, then the addresses below <c>/ui</c>, and <c>/</c>, which leads to the first.</summary>
public static class TepuiWeb
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Adds what the page needs.</summary>
    /// <param name="services">Services of the web application that serves the page.</param>
    /// <param name="masterAddress">Base address of the master; asked before each request, so it may be known later than this call.</param>
    /// <param name="servicesAddress">Base address of the services' REST API; null, or one that gives null: there are none, and the page does not offer theirs.</param>
    /// <param name="jobsAddress">Base address of the jobs scheduler's REST API; null, or one that gives null: there is none, and the page does not offer its pages.</param>
    /// <param name="jobsFirst">Whether the page begins with the jobs.</param>
    public static IServiceCollection AddTepuiWeb(this IServiceCollection services, Func<Uri> masterAddress, Func<Uri?>? servicesAddress = null, Func<Uri?>? jobsAddress = null, bool jobsFirst = false)
    {
        ArgumentNullException.ThrowIfNull(masterAddress);
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(new WebHttp());
        services.AddSingleton(provider => new MasterClient(provider.GetRequiredService<WebHttp>().Client, masterAddress));
        services.AddSingleton(provider => new AgentClient(provider.GetRequiredService<WebHttp>().Client));
        services.AddSingleton<ClusterFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<ClusterFeed>());
        services.AddSingleton(provider => new ServicesClient(provider.GetRequiredService<WebHttp>().Client, servicesAddress ?? (() => null), provider.GetRequiredService<ILogger<ServicesClient>>()));
        services.AddSingleton<ServicesFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<ServicesFeed>());
        services.AddSingleton(provider => new JobsClient(provider.GetRequiredService<WebHttp>().Client, jobsAddress ?? (() => null), provider.GetRequiredService<ILogger<JobsClient>>()));
        services.AddSingleton<JobsFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<JobsFeed>());
        services.AddSingleton(new Navigation(jobsFirst));
        services.AddSingleton<PageFeeds>();
        services.AddSingleton<ServicesPages>();
        services.AddSingleton<JobsPages>();
        services.AddSingleton<SchedulePreviewer>();
        services.AddSingleton<JobCommandRunner>();
        services.AddSingleton<JobEditRunner>();
        services.AddSingleton<JobCommandEndpoint>();
        services.AddSingleton<CommandAnswers>();
        services.AddSingleton<SandboxFinder>();
        services.AddSingleton<CommandRunner>();
        services.AddSingleton<EditRunner>();
        services.AddSingleton<CommandEndpoint>();
        services.AddSingleton<PageBuilder>();
        services.AddSingleton<PageRenderer>();
        services.AddSingleton<LiveEndpoint>();
        services.AddSingleton<TailEndpoint>();
        services.AddSingleton<DownloadEndpoint>();
        return services;
    }

    /// <summary>Maps the page.</summary>
    public static void MapTepuiWeb(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        WebAssets.Map(endpoints);
        endpoints.MapGet("/", (RequestDelegate)(context =>
        {
            context.Response.Redirect(context.RequestServices.GetRequiredService<Navigation>().Home);
            return Task.CompletedTask;
        }));
        Stream<LiveEndpoint>(endpoints, "/ui/_live", (endpoint, context, cancel) => endpoint.ServeAsync(context, cancel));
        Stream<TailEndpoint>(endpoints, "/ui/_tail", (endpoint, context, cancel) => endpoint.ServeAsync(context, cancel));
        Stream<DownloadEndpoint>(endpoints, "/ui/_download", (endpoint, context, cancel) => endpoint.ServeAsync(context, cancel));
        endpoints.MapPost(Links.Commands + "/{what}", (RequestDelegate)(context => context.RequestServices.GetRequiredService<CommandEndpoint>().ServeAsync(context, context.RequestAborted)));
        endpoints.MapPost(Links.JobCommands + "/{what}", (RequestDelegate)(context => context.RequestServices.GetRequiredService<JobCommandEndpoint>().ServeAsync(context, context.RequestAborted)));
        endpoints.MapGet("/ui/{**page}", (RequestDelegate)ServePageAsync);
    }

    private static async Task ServePageAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var renderer = services.GetRequiredService<PageRenderer>();
        var cancel = context.RequestAborted;
        var address = context.Request.Path.ToUriComponent() + context.Request.QueryString;
        var feed = services.GetRequiredService<PageFeeds>()[PageFeeds.SourceOf(address)];
        using var watch = await feed.WatchAsync(Patience, cancel);
        var page = await services.GetRequiredService<PageBuilder>().BuildAsync(address, cancel);
        var html = await renderer.DocumentAsync(page, address, feed.Problem());
        await PageResponse.WriteAsync(context.Response, page.Status, html, cancel);
    }

    // Streams end when the browser leaves and when the host stops; neither is an error.
    private static void Stream<T>(IEndpointRouteBuilder endpoints, string path, Func<T, HttpContext, CancellationToken, Task> serve)
        where T : notnull
    {
        endpoints.MapGet(path, (RequestDelegate)(async context =>
        {
            var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
            using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
            try
            {
                await serve(context.RequestServices.GetRequiredService<T>(), context, end.Token);
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                // Expected, see above.
            }
            catch (Exception e) when (context.Response.HasStarted)
            {
                context.RequestServices.GetRequiredService<ILogger<T>>().PageFailed(e, context.Request.GetEncodedPathAndQuery());
                context.Abort();
            }
        }));
    }
}
