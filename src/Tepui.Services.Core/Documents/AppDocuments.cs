using System.Text.Json.Nodes;
using Tepui.Services.Core.Documents.Apps;
using Tepui.Services.Core.Documents.Rules;
using Tepui.Services.Core.Documents.Schemas;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Documents;

/// <summary>Makes apps from what clients send: shape, old forms, merge, defaults, rules, in this order.</summary>
public static class AppDocuments
{
    /// <summary>Members that an update clears unless it gives them.</summary>
    private static readonly string[] ClearedByUpdates = ["executorResources", "resourceLimits"];

    /// <summary>Members that only answers have.</summary>
    private static readonly string[] ReadOnly = ["version", "versionInfo"];

    /// <summary>A new app, or a full replacement.</summary>
    /// <param name="body">As sent.</param>
    /// <param name="context">Where it belongs.</param>
    public static DocumentResult<AppSpec> Create(JsonNode? body, DocumentContext context)
    {
        var opened = Open(body, context.Id is null ? AppSchemas.App : AppSchemas.Update, context);
        return opened.Spec is { } app ? Finish(app, MappingsWanted(app), context) : new(null, opened.Refusal);
    }

    /// <summary>A change of an app: what the body leaves out keeps its value, except executorResources and resourceLimits, which are cleared.</summary>
    /// <param name="present">The app as it is.</param>
    /// <param name="body">As sent.</param>
    /// <param name="context">Where it belongs.</param>
    public static DocumentResult<AppSpec> Update(AppSpec present, JsonNode? body, DocumentContext context)
    {
        var opened = Open(body, AppSchemas.Update, context);
        if (opened.Spec is not { } change)
        {
            return new(null, opened.Refusal);
        }

        var app = JsonNode.Parse(AppDocument.Write(present))!.AsObject();
        foreach (var name in ClearedByUpdates)
        {
            app.Remove(name);
        }

        var mappings = MappingsWanted(change);
        foreach (var (name, value) in change.ToArray())
        {
            change.Remove(name);
            app[name] = value;
        }

        return Finish(app, mappings, context with { Id = present.Id });
    }

    private static DocumentResult<JsonObject> Open(JsonNode? body, DocumentSchema schema, DocumentContext context)
    {
        var opened = DocumentBody.Open(body, schema, context.Prefix);
        if (opened.Spec is not { } app)
        {
            return opened;
        }

        var problems = new Problems();
        AppLegacyRules.Check(app, problems);
        if (problems.Any)
        {
            return new(null, problems.Below(context.IsInGroup ? "" : context.Prefix).InvalidObject());
        }

        AppLegacy.Normalise(app, context.Options);
        foreach (var name in ReadOnly)
        {
            app.Remove(name);
        }

        return opened;
    }

    private static DocumentResult<AppSpec> Finish(JsonObject app, int mappings, DocumentContext context)
    {
        var id = context.Id ?? PathId.Resolve(app.Text("id")!, context.Base);
        var problems = new Problems();
        app["id"] = id.Value;
        Dependencies(app, context, problems);
        AppDefaults.Complete(app, context.Options, mappings);
        app.Default("role", () => RoleRules.Standard(id, context));
        ConstraintRules.Check(app.List("constraints"), "/constraints", problems);

        var spec = AppReader.Read(app);
        AppRules.Check(spec, context, problems);
        PartRules.Linux(spec.Container?.LinuxInfo, app.Object("container")?.Object("linuxInfo"), "/container/linuxInfo", problems);
        VolumeRules.Constraints(app.Object("container")?.List("volumes"), "/container/volumes", problems);
        ExtensionRules.CheckPolicy(app.Object("deployment"), "/deployment", problems);
        var prefix = context.IsInGroup ? "" : context.Prefix;
        return problems.Any ? new(null, problems.Below(prefix).InvalidObject()) : new(spec, null);
    }

    private static void Dependencies(JsonObject app, DocumentContext context, Problems problems)
    {
        if (app.List("dependencies") is not { } dependencies)
        {
            return;
        }

        for (var index = 0; index < dependencies.Count; index++)
        {
            var path = dependencies[index]!.GetValue<string>();
            problems.Require(Patterns.PathId.IsMatch(path), $"/dependencies({index})", $"'{path}' is not a path; {IdRules.Allowed}");
            dependencies[index] = PathId.Resolve(path, context.Base).Value;
        }
    }

    private static int MappingsWanted(JsonObject app) => app.ContainsKey("container") ? app.List("portDefinitions")?.Count ?? 0 : 0;
}
