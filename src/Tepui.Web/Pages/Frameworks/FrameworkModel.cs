using Tepui.Web.Cluster;
using Tepui.Web.Pages.Tasks;

namespace Tepui.Web.Pages.Frameworks;

/// <summary>What the page of one framework shows.</summary>
/// <param name="Row">The framework.</param>
/// <param name="Tasks">Its tasks.</param>
public sealed record FrameworkModel(FrameworkRow Row, TaskListModel Tasks)
{
    /// <summary>Builds it; null when there is no such framework. Call it while the model is held.</summary>
    public static FrameworkModel? Build(ClusterModel model, string id, TaskQuery query)
    {
        ArgumentNullException.ThrowIfNull(model);
        return FrameworkRow.All(model).FirstOrDefault(row => row.Id == id) is { } row
            ? new FrameworkModel(row, TaskListModel.Build(model, query with { Framework = id }))
            : null;
    }
}
