using Tepui.Protocol.V1;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Matching;
using Resource = Tepui.Protocol.V1.Resource;

namespace Tepui.Services.Core.Launching;

/// <summary>Instances with persistent volumes: on the first offer that will do, resources are reserved and volumes are made; the task is launched on them when they come back as an offer, then and after every end of the task.</summary>
internal static class Residents
{
    /// <summary>The instance an offer is for: the one whose reservation it holds, else the first that has none.</summary>
    public static Instance? Choose(Turn turn, WaitingSpec waiting, Site site)
    {
        foreach (var owner in site.Piles.Select(pile => pile.Owner).OfType<ReservationLabels>().Distinct())
        {
            if (owner.Framework == turn.State.Framework.Value && turn.State.Instances.Find(new InstanceId(owner.Instance)) is { } instance && Waits(instance, waiting))
            {
                return instance with { IsReserved = true };
            }
        }

        var free = waiting.Instances.Waiting.Of(waiting.Config).Select(id => turn.State.Instances.Find(id)!).FirstOrDefault(instance => !IsReserved(turn, instance));
        return free is null ? null : free with { IsReserved = false, Host = null, Volumes = [] };
    }

    /// <summary>Reserves and makes volumes for an instance at a site where there is room.</summary>
    /// <returns>What the master shall do.</returns>
    public static IReadOnlyList<Offer.Types.Operation> Reserve(Turn turn, LaunchPlan plan, Instance instance, Site site)
    {
        var usable = Usable.ForReservation(site, plan);
        var places = VolumeChoice.Choose(plan, usable, site, out _)!;
        var stamp = new Resource.Types.ReservationInfo
        {
            Type = Resource.Types.ReservationInfo.Types.Type.Dynamic,
            Role = plan.Spec.Role,
            Labels = new ReservationLabels(turn.State.Framework.Value, instance.Id.Value).ToWire(),
        };
        var reserved = new List<Resource>();
        usable.Take("cpus", plan.Cpus, reserved);
        usable.Take("mem", plan.Mem, reserved);
        usable.Take("disk", plan.Disk, reserved);
        usable.Take("gpus", plan.Gpus, reserved);
        var volumes = new List<Resource>();
        foreach (var place in places)
        {
            foreach (var disk in Disk(usable, place))
            {
                reserved.Add(disk);
                volumes.Add(Volume(turn, plan, place.Wish, Reserved(disk, stamp)));
            }
        }

        var written = instance with { IsReserved = true, Host = site.Host, Since = turn.Now, Volumes = [.. volumes.Select(volume => volume.Disk.Persistence.Id)] };
        turn.State.Instances.Replace(turn, written);
        turn.State.Deadlines.Set(turn.Now + turn.State.Options.TaskReservationTimeout, t => t.State.Demand.Want(plan.Spec.Role));
        return
        [
            new() { Type = Offer.Types.Operation.Types.Type.Reserve, Id = ReservationUpdates.Id(instance, "reserve"), Reserve = new() { Resources = { reserved.Select(resource => Reserved(resource, stamp)) } } },
            new() { Type = Offer.Types.Operation.Types.Type.Create, Id = ReservationUpdates.Id(instance, "create"), Create = new() { Volumes = { volumes } } },
        ];
    }

    /// <summary>The volumes of an instance, which its task (or the executor of its tasks) takes along.</summary>
    public static IReadOnlyList<Resource> Volumes(Turn turn, LaunchPlan plan, Instance instance, Site site) =>
        [.. plan.Volumes.Select(wish => Reservations.Volume(turn.State.Framework, instance, wish, site)!.Wire)];

    // A reservation that was never launched on may not have come to be: after a while it is tried again.
    private static bool IsReserved(Turn turn, Instance instance) =>
        instance.IsReserved && (instance.Launches > 0 || instance.Since + turn.State.Options.TaskReservationTimeout > turn.Now);

    private static bool Waits(Instance instance, WaitingSpec waiting) =>
        instance.Spec == waiting.Spec.Id && instance.ConfigVersion == waiting.Config && instance is { Condition: Condition.Scheduled, Goal: Goal.Running };

    private static List<Resource> Disk(Usable usable, VolumePlace place)
    {
        var taken = new List<Resource>();
        if (place.Disk is { } pile)
        {
            taken.Add(pile.Take(place.Amount));
        }
        else
        {
            usable.Take("disk", place.Amount, taken);
        }

        return taken;
    }

    private static Resource Reserved(Resource resource, Resource.Types.ReservationInfo stamp)
    {
        var reserved = resource.Clone();
        reserved.Reservations.Add(stamp.Clone());
        return reserved;
    }

    private static Resource Volume(Turn turn, LaunchPlan plan, VolumeWish wish, Resource reserved)
    {
        var volume = reserved.Clone();
        volume.Disk ??= new();
        volume.Disk.Persistence = new() { Id = Reservations.PersistenceId(plan.Spec.Id, wish, turn.State.Mint.Uuid(turn.Now)) };
        volume.Disk.Volume = new() { ContainerPath = wish.Path, Mode = Protocol.V1.Volume.Types.Mode.Rw };
        return volume;
    }
}
