using Tepui.Model.Identifiers;
using Tepui.Services.Core.Instances;

namespace Tepui.Services.Core.Launching.Tasks;

/// <summary>Ids of the tasks of an instance. They carry the number of its launch, so that none is used twice.</summary>
internal static class NewTaskIds
{
    /// <summary>Of an app.</summary>
    public static TaskId App(Instance instance) => new($"{instance.Id.Value}.{TaskIds.AppContainer}.{instance.Launches}");

    /// <summary>Of a container of a pod.</summary>
    public static TaskId Container(Instance instance, string container) => new($"{instance.Id.Value}.{container}.{instance.Launches}");
}
