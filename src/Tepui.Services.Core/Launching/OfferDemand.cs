using Tepui.Model;
using Tepui.Model.Time;

namespace Tepui.Services.Core.Launching;

/// <summary>Which roles' offers are wanted.</summary>
internal sealed class OfferDemand
{
    // A call can be lost on its way. A revival that brings no offer is repeated, after longer and longer waits: perhaps there is nothing to offer.
    private static readonly TimeSpan SilenceMin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(60);

    private readonly SortedDictionary<string, Role> _roles = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _fresh = new(StringComparer.Ordinal);
    private bool _changed;
    private DateTimeOffset _settled;
    private Alarm<Turn>? _wake;

    /// <summary>Something new can be launched under this role: offers refused before are wanted again.</summary>
    public void Want(string role)
    {
        _fresh.Add(role);
        _changed = true;
    }

    /// <summary>What can be launched may have changed.</summary>
    public void Changed() => _changed = true;

    /// <summary>Offers came in for a role: its revival was heard, or its suppression was not.</summary>
    public void Heard(Turn turn, string role)
    {
        if (!_roles.TryGetValue(role, out var known))
        {
            return;
        }

        known.Silence = null;
        if (known.Status == Status.Suppressed && turn.Now - known.SuppressedAt > SilenceMin)
        {
            known.Status = Status.Offered;
            _changed = true;
        }
    }

    /// <summary>Subscribed: the master offers for every role until it is told otherwise.</summary>
    public static void Subscribed(Turn turn)
    {
        var (state, demand) = (turn.State, turn.State.Demand);
        demand._changed = true;
        foreach (var role in state.Catalog.Tree.Specs.Values.Select(spec => spec.Role).Concat(state.Instances.All.Select(instance => instance.Role)).Append(state.Options.MesosRole))
        {
            demand._roles.TryAdd(role, new());
        }

        foreach (var role in demand._roles.Values)
        {
            role.Status = Status.Offered;
            role.LastRevived = null;
        }
    }

    /// <summary>At the end of every step: revives roles with something to launch, suppresses the others.</summary>
    public static void Settle(Turn turn)
    {
        var demand = turn.State.Demand;
        demand._settled = turn.Now;
        if (turn.State.Master is not null && demand._changed)
        {
            demand._changed = false;
            demand.Settle(turn, turn.State.Queue.WantedRoles(turn.Now));
        }
    }

    /// <summary>No role that something waits for is kept without offers, unless an alarm is set to change that.</summary>
    public void Check(ServicesState state)
    {
        foreach (var role in _changed ? [] : state.Queue.WantedRoles(_settled))
        {
            Invariant.Holds(_wake is { IsSet: true } || _roles[role].Status == Status.Revived, $"something waits for offers of role {role}, which are not wanted");
        }
    }

    private void Settle(Turn turn, SortedSet<string> wanted)
    {
        foreach (var role in wanted)
        {
            _roles.TryAdd(role, new());
        }

        var revived = new List<string>();
        var suppressed = new List<string>();
        DateTimeOffset? later = null;
        foreach (var (name, role) in _roles)
        {
            if (!wanted.Contains(name))
            {
                Suppress(turn, name, role, suppressed);
            }
            else if (role.Status != Status.Revived || role.IsSilent(turn.Now) || _fresh.Contains(name))
            {
                later = Earlier(later, Revive(turn, name, role, revived));
            }
        }

        _fresh.RemoveWhere(name => !wanted.Contains(name));
        Emit(turn, revived, suppressed);
        Wake(turn, later);
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b : a;

    private static void Suppress(Turn turn, string name, Role role, List<string> suppressed)
    {
        role.Silence = null;
        if (role.Status != Status.Suppressed)
        {
            role.Status = Status.Suppressed;
            role.SuppressedAt = turn.Now;
            suppressed.Add(name);
        }
    }

    private static void Emit(Turn turn, List<string> revived, List<string> suppressed)
    {
        if (revived.Count > 0)
        {
            turn.Emit(new ServicesEffect.Revive(revived));
        }

        if (suppressed.Count > 0)
        {
            turn.Emit(new ServicesEffect.Suppress(suppressed));
        }
    }

    // Answers when it may be revived, if not yet.
    private DateTimeOffset? Revive(Turn turn, string name, Role role, List<string> revived)
    {
        var due = role.LastRevived + turn.State.Options.MinReviveOffersInterval;
        if (due > turn.Now)
        {
            return due;
        }

        _fresh.Remove(name);
        role.Revived(turn.Now);
        revived.Add(name);
        return role.SilentFrom;
    }

    private void Wake(Turn turn, DateTimeOffset? due)
    {
        if (due is { } time && (_wake is not { IsSet: true } || time < _wake.Due))
        {
            _wake?.Cancel();
            _wake = turn.State.Deadlines.Set(time, t => t.State.Demand.Changed());
        }
    }

    private enum Status
    {
        Offered,
        Revived,
        Suppressed,
    }

    private sealed class Role
    {
        public Status Status { get; set; }

        public DateTimeOffset? LastRevived { get; set; }

        public DateTimeOffset SuppressedAt { get; set; }

        /// <summary>How long to wait for an offer after the last revival; unset once one came.</summary>
        public TimeSpan? Silence { get; set; }

        public DateTimeOffset? SilentFrom => LastRevived + Silence;

        public bool IsSilent(DateTimeOffset now) => SilentFrom <= now;

        public void Revived(DateTimeOffset now)
        {
            Silence = IsSilent(now) ? TimeSpan.FromTicks(Math.Min(Silence!.Value.Ticks * 2, SilenceMax.Ticks)) : SilenceMin;
            Status = Status.Revived;
            LastRevived = now;
        }
    }
}
