using System.Net;
using System.Text.Json.Nodes;
using Tepui.Services;

namespace Tepui.Applying;

/// <summary>All that is to be done for a stack: planned first, then done.</summary>
internal sealed class StackWork
{
    private readonly Stack _stack;
    private readonly GroupOverlay? _overlay;
    private readonly JsonArray _apps;
    private readonly string? _version;
    private readonly bool _treeChanges;
    private readonly IReadOnlyList<PodChanges.Request> _pods;

    private StackWork(Stack stack, JsonNode root, GroupOverlay? overlay, JsonNode? dryRun, IReadOnlyList<PodChanges.Request> pods)
    {
        _stack = stack;
        _overlay = overlay;
        _apps = GroupOverlay.AppList(root, stack);
        _version = root.Text("version");
        _pods = pods;
        Plan = Plan.Of(dryRun, pods.Select(pod => pod.Change));
        _treeChanges = dryRun.Items("changes").Any() || dryRun.Items("steps").Any();
    }

    /// <summary>What would change.</summary>
    public Plan Plan { get; }

    /// <summary>Asks services what would change. Nothing is changed.</summary>
    public static async Task<StackWork> PrepareAsync(ServicesClient client, Stack stack, CancellationToken cancel)
    {
        var root = await client.GetAsync("/v2/groups", cancel);
        var overlay = stack.HasTree ? GroupOverlay.Of(root, stack) : null;
        var dryRun = overlay is null ? null : (await client.SendAsync(HttpMethod.Put, $"{ServicesPaths.Group(overlay.Group)}?dryRun=true", overlay.Body, cancel)).Body;
        var present = stack.Pods.Count + stack.CompletePodGroups.Count > 0 ? await client.GetAsync("/v2/pods", cancel) : null;
        return new(stack, root, overlay, dryRun, PodChanges.Of(present, stack));
    }

    /// <summary>Does it; returns the deployments that this started.</summary>
    /// <param name="client">The services.</param>
    /// <param name="withForce">Adds what the command line says about force to a path.</param>
    /// <param name="cancel">Ends the work between two requests.</param>
    public async Task<IReadOnlyList<string>> DoAsync(ServicesClient client, Func<string, string> withForce, CancellationToken cancel)
    {
        var started = new List<string>();
        try
        {
            if (_overlay is not null && _treeChanges)
            {
                await TakeAsync(_stack.Groups.Count == 0
                    ? client.SendAsync(HttpMethod.Put, withForce("/v2/apps?partialUpdate=false"), _apps, cancel)
                    : PutGroupAsync(client, withForce, _overlay, cancel));
            }

            foreach (var pod in _pods)
            {
                await TakeAsync(client.SendAsync(pod.Method, withForce(pod.Path), pod.Body, cancel));
            }

            return started;
        }
        catch (Exception) when (started.Count > 0)
        {
            await Console.Error.WriteLineAsync($"tepui: a part was done before this failed: {string.Join(", ", started.Select(id => $"deployment {id}"))} goes on");
            throw;
        }

        async Task TakeAsync(Task<RestAnswer> request)
        {
            if ((await request).DeploymentId() is { } id)
            {
                started.Add(id);
            }
        }
    }

    /// <summary>A group is sent complete, so it must be as it was when the plan was made.</summary>
    private async Task<RestAnswer> PutGroupAsync(ServicesClient client, Func<string, string> withForce, GroupOverlay overlay, CancellationToken cancel)
    {
        var now = await client.GetAsync("/v2/groups", cancel);
        return now.Text("version") == _version
            ? await client.SendAsync(HttpMethod.Put, withForce(ServicesPaths.Group(overlay.Group)), overlay.Body, cancel)
            : throw new RefusedException($"PUT {ServicesPaths.Group(overlay.Group)}", HttpStatusCode.Conflict, null, "someone else changed apps since the plan was made; nothing was changed. Run the command again.");
    }
}
