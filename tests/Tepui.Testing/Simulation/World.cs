using Tepui.Testing.Simulation.Network;

namespace Tepui.Testing.Simulation;

/// <summary>What all parts of a simulation share: time, chance, the network and the trace.</summary>
internal sealed class World
{
    private World(int seed, Random random, SimulationSettings settings, int traced)
    {
        Seed = seed;
        Random = random;
        Settings = settings;
        Timeline = new();
        Trace = new(Timeline, traced);
        Net = new(this);
    }

    public int Seed { get; }

    public Random Random { get; }

    public SimulationSettings Settings { get; }

    public Timeline Timeline { get; }

    public Trace Trace { get; }

    public SimulatedNetwork Net { get; }

    /// <summary>Faults are over: everybody behaves, and everything comes back.</summary>
    public bool IsHealing { get; set; }

    /// <summary>Whether processes may die at crash points now.</summary>
    public bool MayCrash => !IsHealing && Settings.Faults;

    public DateTimeOffset Now => Timeline.Now;

    public static World FromSeed(int seed, Func<SimulationSettings, SimulationSettings>? with)
    {
        var random = new Random(seed);
        var drawn = SimulationSettings.Draw(random);
        var settings = with?.Invoke(drawn) ?? drawn;
        return new(seed, random, settings, settings.TracedLines);
    }

    public bool Chance(double probability) => Random.NextDouble() < probability;

    /// <summary>A time span drawn evenly, in seconds.</summary>
    public TimeSpan Seconds(double from, double to) => TimeSpan.FromSeconds(from + (Random.NextDouble() * (to - from)));

    public T Pick<T>(IReadOnlyList<T> from) => from[Random.Next(from.Count)];

    public void After(TimeSpan wait, Action happening) => Timeline.After(wait, happening);

    public void Note(string who, string what) => Trace.Write(who, what);

    /// <summary>A promise is broken.</summary>
    public static void Fail(string promise) => throw new PromiseBrokenException(promise);
}
