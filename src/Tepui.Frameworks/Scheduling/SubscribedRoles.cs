using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;

namespace Tepui.Frameworks.Scheduling;

/// <summary>The roles the framework subscribes to: its own, and those the master took. One that was refused is asked for again after a while. Safe on any thread.</summary>
/// <param name="framework">Who we are, with roles taken before.</param>
/// <param name="own">The role that is always subscribed to.</param>
/// <param name="time">The clock.</param>
public sealed class SubscribedRoles(FrameworkInfo framework, string own, TimeProvider time)
{
    /// <summary>How long a refused role is left alone.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly FrameworkInfo _framework = framework.Clone();
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _refused = new(StringComparer.Ordinal);

    /// <summary>Who we are, with the roles taken.</summary>
    public FrameworkInfo Framework
    {
        get
        {
            lock (_gate)
            {
                return _framework.Clone();
            }
        }
    }

    /// <summary>The roles taken beside the own one.</summary>
    public IReadOnlyList<string> Others
    {
        get
        {
            lock (_gate)
            {
                return [.. _framework.Roles.Where(role => role != own)];
            }
        }
    }

    /// <summary>Those of <paramref name="roles"/> that are subscribed to.</summary>
    public IReadOnlyList<string> Taken(IReadOnlyList<string> roles)
    {
        lock (_gate)
        {
            return [.. roles.Intersect(_framework.Roles, StringComparer.Ordinal)];
        }
    }

    /// <summary>Those of <paramref name="roles"/> that the master is to be asked for now. Each must be followed by one of <see cref="Take"/>, <see cref="Refuse"/> and <see cref="Leave"/>.</summary>
    public IReadOnlyList<string> Ask(IReadOnlyList<string> roles)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            return [.. roles.Except(_framework.Roles, StringComparer.Ordinal).Where(role => !(_refused.GetValueOrDefault(role) > now) && _asked.Add(role))];
        }
    }

    /// <summary>Who we are with one role more.</summary>
    public FrameworkInfo With(string role)
    {
        var changed = Framework;
        changed.Roles.Add(role);
        return changed;
    }

    /// <summary>The master took a role.</summary>
    public void Take(string role)
    {
        lock (_gate)
        {
            _asked.Remove(role);
            _refused.Remove(role);
            if (!_framework.Roles.Contains(role))
            {
                _framework.Roles.Add(role);
            }
        }
    }

    /// <summary>The master refused a role.</summary>
    public void Refuse(string role)
    {
        lock (_gate)
        {
            _asked.Remove(role);
            _refused[role] = time.GetUtcNow() + Rest;
        }
    }

    /// <summary>The master did not answer.</summary>
    public void Leave(string role)
    {
        lock (_gate)
        {
            _asked.Remove(role);
        }
    }

    /// <summary>Subscribed: another master may take what the one before refused.</summary>
    public void Subscribed(FrameworkId id)
    {
        lock (_gate)
        {
            _framework.Id = id.ToWire();
            _refused.Clear();
        }
    }

    /// <summary>Keeps the own role alone.</summary>
    public void DropOthers()
    {
        lock (_gate)
        {
            _framework.Roles.Clear();
            _framework.Roles.Add(own);
        }
    }
}
