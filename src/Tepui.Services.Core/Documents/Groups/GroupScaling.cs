using System.Text.Json.Nodes;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Documents.Rules;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Documents.Groups;

/// <summary>Group documents with <c>scaleBy</c>: every app below gets so many times its instances, rounded up.</summary>
internal static class GroupScaling
{
    public static DocumentResult<ServiceTree> Apply(PathId group, JsonObject update, DocumentContext context, DateTimeOffset version, Problems problems)
    {
        var others = update.Where(member => member.Key is not ("id" or "scaleBy") && member.Value is not JsonArray { Count: 0 }).Select(member => member.Key).ToArray();
        problems.Require(others.Length == 0, "/scaleBy", $"can only be given alone, not together with {string.Join(", ", others)}");
        if (context.Tree.Group(group) is null)
        {
            return new(null, problems.Any ? problems.InvalidObject() : Refusals.NoGroup(group));
        }

        var factor = update.Number("scaleBy")!.Value;
        var tree = context.Tree;
        foreach (var app in context.Tree.Specs.Values.OfType<AppSpec>().Where(app => app.Id.IsBelow(group)))
        {
            var wanted = Math.Ceiling(app.Instances * factor);
            if (wanted > CountRules.InstancesMax)
            {
                var breach = new Problems();
                CountRules.Check(wanted, "/scaleBy", breach);
                problems.AddOf(app.Id, breach);
                continue;
            }

            var scaled = app with { Instances = (int)wanted };
            var breaches = new Problems();
            AppRules.CheckCount(scaled, breaches);
            problems.AddOf(app.Id, breaches);
            tree = scaled.Instances == app.Instances ? tree : tree.With(scaled with { Version = version });
        }

        return problems.Any ? new(null, problems.InvalidObject()) : new(tree, null);
    }
}
