using Tepui.Protocol.V1;

namespace Tepui.Services.Core.Matching;

/// <summary>Whose a reservation is, as its labels say.</summary>
/// <param name="Framework">Id of the framework that made it.</param>
/// <param name="Instance">Id of the instance it is for.</param>
internal sealed record ReservationLabels(string Framework, string Instance)
{
    private const string FrameworkKey = "marathon_framework_id";
    private const string InstanceKey = "marathon_task_id";

    /// <summary>Of a reservation on this resource; <see langword="null"/> if it is for no instance.</summary>
    public static ReservationLabels? Read(Resource resource)
    {
        var labels = resource.Reservations.Count > 0 ? resource.Reservations[^1].Labels : resource.Reservation?.Labels;
        return labels is not null && Find(labels, FrameworkKey) is { } framework && Find(labels, InstanceKey) is { } instance ? new(framework, instance) : null;
    }

    /// <summary>As the wire has it.</summary>
    public Labels ToWire() => new()
    {
        Labels_ = { new Label { Key = FrameworkKey, Value = Framework }, new Label { Key = InstanceKey, Value = Instance } },
    };

    private static string? Find(Labels labels, string key) => labels.Labels_.FirstOrDefault(label => label.Key == key)?.Value;
}
