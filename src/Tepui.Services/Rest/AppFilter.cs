using Tepui.Runtime.Rest;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Rest;

/// <summary>Which apps a list shows: parts of command and id, and labels.</summary>
internal sealed class AppFilter
{
    private readonly string? _cmd;
    private readonly string? _id;
    private readonly IReadOnlyList<LabelSelector> _labels;

    private AppFilter(string? cmd, string? id, IReadOnlyList<LabelSelector> labels)
    {
        _cmd = cmd;
        _id = id;
        _labels = labels;
    }

    /// <summary>From the query of a request; <see langword="null"/> when the label selectors cannot be read.</summary>
    public static AppFilter? Read(RestCall call, out string problem)
    {
        problem = "";
        var labels = call.Text("label") is { Length: > 0 } text ? LabelSelector.Parse(text, out problem) : [];
        return labels is null ? null : new AppFilter(call.Text("cmd"), call.Text("id"), labels);
    }

    /// <summary>Whether the app is shown.</summary>
    public bool Matches(AppSpec app) =>
        (_cmd is null || (app.Cmd?.Contains(_cmd, StringComparison.OrdinalIgnoreCase) ?? false))
        && (_id is null || app.Id.Value.Contains(_id, StringComparison.OrdinalIgnoreCase))
        && _labels.All(selector => selector.Matches(app.Labels));
}
