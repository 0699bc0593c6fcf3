using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tepui.Frameworks.Hosting;
using Tepui.Frameworks.Store;
using Tepui.Jobs.Core;
using Tepui.Jobs.Rest;
using Tepui.Jobs.Store;

namespace Tepui.Jobs;

/// <summary>Jobs as their host starts them.</summary>
internal sealed class JobsFramework(JobsSettings settings, FrameworkHostOptions options) : IFramework
{
    /// <inheritdoc/>
    public string Name => "jobs scheduler";

    /// <inheritdoc/>
    public ILogger Logger { get; } = options.Logs.CreateLogger("Tepui.Jobs");

    /// <inheritdoc/>
    public EntryKinds Entries => StoreEntries.Kinds;

    /// <inheritdoc/>
    public string FrameworkKey => StoreKeys.Framework;

    /// <inheritdoc/>
    public string AfterRemoval => "Start again to register anew; what was under way is made up for as each job's retries and delivery say.";

    /// <inheritdoc/>
    public IFrameworkShell Build(FrameworkStart start)
    {
        var shell = new JobsShell(settings, options, start, Logger);
        Logger.Started(start.Http.Uri, start.Store.Epoch, start.Count("jobs/"), start.Count("runs/"));
        return shell;
    }

    /// <inheritdoc/>
    public Task ErrorAsync(HttpContext context, int status, string message) => JobsErrors.ErrorAsync(context, status, message);

    /// <inheritdoc/>
    public void Stopped() => Logger.Stopped();

    /// <inheritdoc/>
    public void Failed(Exception? problem, string reason) => Logger.Failed(problem, reason);
}
