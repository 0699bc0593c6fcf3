namespace Tepui.Testing.Simulation.Work;

/// <summary>Which jobs a simulation has.</summary>
/// <param name="Steady">Jobs that are made once and left alone: every target of theirs is checked.</param>
/// <param name="Dependent">Jobs that are triggered by steady ones.</param>
/// <param name="Restless">Jobs that are made, changed, run by hand, disabled and removed at random.</param>
public sealed record JobWork(int Steady = 5, int Dependent = 2, int Restless = 3);
