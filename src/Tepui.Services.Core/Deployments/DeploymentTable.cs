using Tepui.Protocol.Services;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Deployments;

/// <summary>Deployments under way, and the last that are over. An app or pod belongs to at most one under way.</summary>
internal sealed class DeploymentTable
{
    private readonly List<Deployment> _running = [];
    private readonly Dictionary<string, Deployment> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<PathId, Deployment> _owners = [];
    private readonly LinkedList<DeploymentView> _finished = [];

    /// <summary>Those under way, oldest first.</summary>
    public IReadOnlyList<Deployment> Running => _running;

    /// <summary>Those that are over, newest first. Never changed; the same list until one ends.</summary>
    public IReadOnlyList<DeploymentView> Finished { get; private set; } = [];

    /// <summary>One under way.</summary>
    public Deployment? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>One that is over.</summary>
    public DeploymentView? FindFinished(string id) => _finished.FirstOrDefault(deployment => deployment.Id == id);

    /// <summary>The deployment that owns an app or pod.</summary>
    public Deployment? Owner(PathId spec) => _owners.GetValueOrDefault(spec);

    /// <summary>Whether a deployment owns an app or pod.</summary>
    public bool Owns(PathId spec) => _owners.ContainsKey(spec);

    /// <summary>How many apps and pods belong to deployments.</summary>
    public int OwnedCount => _owners.Count;

    /// <summary>Those under way as readers see them, oldest first.</summary>
    public IReadOnlyList<DeploymentView> Views(ServicesState state, DateTimeOffset now) => [.. _running.Select(deployment => DeploymentViews.Take(state, deployment, now))];

    /// <summary>An instance has changed: counts those of the new configuration that failed.</summary>
    public void Observe(Turn turn, Instance before, Instance after)
    {
        if (_owners.TryGetValue(before.Spec, out var deployment) && before.Goal == Goal.Running && !before.Condition.IsTerminal())
        {
            DeploymentFailures.Observe(turn, deployment, before, after);
        }
    }

    /// <summary>Puts what the store held. Catalog and instances are there already.</summary>
    public void Restore(Turn turn, IEnumerable<DeploymentEntry> entries)
    {
        foreach (var entry in entries.OrderBy(entry => entry.FinishedAt).ThenBy(entry => entry.Version))
        {
            if (entry.HasFinishedAt)
            {
                Keep(turn, DeploymentEntries.ReadFinished(entry));
                continue;
            }

            var deployment = DeploymentEntries.Read(entry, turn.Now);
            Add(deployment);
            foreach (var spec in deployment.Specs)
            {
                turn.Touch(spec);
            }
        }
    }

    internal void Add(Deployment deployment)
    {
        var place = _running.FindLastIndex(other => (other.StartedAt, other.Version).CompareTo((deployment.StartedAt, deployment.Version)) <= 0) + 1;
        _running.Insert(place, deployment);
        _byId.Add(deployment.Id, deployment);
        foreach (var spec in deployment.Specs)
        {
            _owners.Add(spec, deployment);
        }
    }

    internal void Remove(Deployment deployment)
    {
        _running.Remove(deployment);
        _byId.Remove(deployment.Id);
        foreach (var spec in deployment.Specs)
        {
            _owners.Remove(spec);
        }
    }

    internal void Keep(Turn turn, DeploymentView finished)
    {
        turn.Persist(StoreKeys.Deployment(finished.Id), DeploymentEntries.WriteFinished(finished));
        _finished.AddFirst(finished);
        while (_finished.Count > turn.State.Options.FinishedDeployments)
        {
            turn.Persist(StoreKeys.Deployment(_finished.Last!.Value.Id), null);
            _finished.RemoveLast();
        }

        Finished = [.. _finished];
    }
}
