using System.Text.Json.Nodes;
using Tepui.Documents;
using Tepui.Jobs;
using Tepui.Services;
using Tepui.Terminal;

namespace Tepui.Applying;

/// <summary>Tells apps, pods, groups and jobs apart, and where each belongs.</summary>
internal sealed class StackReader
{
    private static readonly string[] Lists = ["apps", "groups", "pods", "jobs"];

    private static readonly string[] JobMembers = ["schedule", "cron", "parents"];

    private readonly List<StackDocument> _documents = [];
    private readonly List<SourceDocument> _jobs = [];
    private readonly List<string> _completePodGroups = [];
    private readonly List<string> _problems = [];

    private StackReader()
    {
    }

    /// <summary>Reads documents. One without an id that holds <c>apps</c>, <c>groups</c>, <c>pods</c> or <c>jobs</c>, and a list, only hold documents together.</summary>
    /// <exception cref="CommandFailure">Documents that are none of the four, have no id or name, or describe the same thing twice: all of them at once.</exception>
    public static Stack Read(IEnumerable<SourceDocument> sources)
    {
        var reader = new StackReader();
        foreach (var source in sources)
        {
            reader.Take(source.Json, source.Origin, kind: null);
        }

        reader.FindTwins();
        var jobs = JobReader.Read(reader._jobs, reader._problems);
        return reader._problems.Count == 0 ? reader.ToStack(jobs) : throw new CommandFailure(ExitCode.Usage, string.Join("\ntepui: ", reader._problems));
    }

    private static StackKind KindOf(JsonObject document) =>
        document.ContainsKey("containers") ? StackKind.Pod
        : Lists.Any(document.ContainsKey) ? StackKind.Group
        : IsJob(document) ? StackKind.Job
        : StackKind.App;

    private static bool IsJob(JsonObject document) => !document.ContainsKey("id") && (document.ContainsKey("name") || document.ContainsKey("command")) && JobMembers.Any(document.ContainsKey);

    private void Take(JsonNode json, string origin, StackKind? kind)
    {
        switch (json)
        {
            case JsonArray list:
                for (var index = 0; index < list.Count; index++)
                {
                    Take(list[index] ?? JsonValue.Create(""), $"{origin}({index})", kind);
                }

                break;
            case not JsonArray when kind is StackKind.Job:
                _jobs.Add(new(origin, json));
                break;
            case JsonObject holder when kind is null && !holder.ContainsKey("id") && KindOf(holder) == StackKind.Group:
                foreach (var (name, of) in new[] { ("apps", StackKind.App), ("groups", StackKind.Group), ("pods", StackKind.Pod), ("jobs", StackKind.Job) })
                {
                    if (holder[name] is { } held)
                    {
                        Take(held, $"{origin}/{name}", of);
                    }
                }

                break;
            case JsonObject document when document.Text("id") is { Length: > 0 } id:
                TakeOne(kind ?? KindOf(document), ServicesPaths.Within("/", id), document.DeepClone().AsObject(), origin);
                break;
            case JsonObject job when kind is null && IsJob(job):
                _jobs.Add(new(origin, job));
                break;
            case JsonObject:
                _problems.Add($"{origin}: the {kind?.ToString().ToLowerInvariant() ?? "document"} has no id{(kind is null ? ", and is no job, which has a name and a schedule, cron or parents" : "")}");
                break;
            default:
                _problems.Add($"{origin}: an app, a pod, a group or a job was expected, as an object");
                break;
        }
    }

    private void TakeOne(StackKind kind, string id, JsonObject document, string origin)
    {
        document["id"] = id;
        if (document.Remove("jobs"))
        {
            _problems.Add($"{origin}/jobs: jobs belong to no {kind.ToString().ToLowerInvariant()}; write them as documents of their own");
        }

        if (kind == StackKind.App)
        {
            document = AppFields.Definition(document);
            MakeDependenciesAbsolute(document);
        }
        else if (kind == StackKind.Group)
        {
            TakePods(id, document, origin);
        }
        else
        {
            document.Remove("version");
        }

        _documents.Add(new(kind, id, document, origin));
    }

    /// <summary>Takes pods out of a group: the API keeps them apart.</summary>
    private void TakePods(string group, JsonObject document, string origin)
    {
        if (document["pods"] is JsonArray pods)
        {
            _completePodGroups.Add(group);
            foreach (var pod in pods.OfType<JsonObject>())
            {
                if (pod.Text("id") is { Length: > 0 } id)
                {
                    TakeOne(StackKind.Pod, ServicesPaths.Within(group, id), pod.DeepClone().AsObject(), $"{origin}/pods");
                }
                else
                {
                    _problems.Add($"{origin}/pods: a pod has no id");
                }
            }
        }

        document.Remove("pods");
        foreach (var child in document.Items("groups").OfType<JsonObject>())
        {
            TakePods(ServicesPaths.Within(group, child.Text("id") ?? ""), child, $"{origin}/groups");
        }
    }

    /// <summary>An app on its own tells its dependencies from the root.</summary>
    private static void MakeDependenciesAbsolute(JsonObject app)
    {
        if (app["dependencies"] is JsonArray list && list.All(item => item.Text() is not null))
        {
            app["dependencies"] = new JsonArray([.. list.Select(item => JsonValue.Create(ServicesPaths.Within("/", item.Text()!)))]);
        }
    }

    private void FindTwins()
    {
        var all = _documents.Select(document => (document.Id, document.Origin)).Concat(
            _documents.Where(document => document.Kind == StackKind.Group).SelectMany(document => AppsOf(document.Id, document.Json).Select(id => (id, document.Origin))));
        foreach (var twins in all.GroupBy(one => one.Item1, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            _problems.Add($"{twins.Key} is described more than once: {string.Join(", ", twins.Select(twin => twin.Item2))}");
        }
    }

    private static IEnumerable<string> AppsOf(string group, JsonNode document) =>
        document.Items("apps").Select(app => app.Text("id")).OfType<string>().Select(id => ServicesPaths.Within(group, id))
            .Concat(document.Items("groups").SelectMany(child => AppsOf(ServicesPaths.Within(group, child.Text("id") ?? ""), child)));

    private Stack ToStack(IReadOnlyList<JobDocument> jobs) => new(Of(StackKind.App), Of(StackKind.Group), Of(StackKind.Pod), _completePodGroups, jobs);

    private List<StackDocument> Of(StackKind kind) => [.. _documents.Where(document => document.Kind == kind)];
}
