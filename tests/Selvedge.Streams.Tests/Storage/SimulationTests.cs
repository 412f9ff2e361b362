namespace Selvedge.Streams.Tests.Storage;

public sealed class SimulationTests(ITestOutputHelper output)
{
    // SIMULATION_SEEDS asks for more, or for others: "from-to".
    private static readonly (int From, int To) Seeds = ReadSeeds();

    [Fact]
    public void Schedules_WithLossesOfPower_KeepWhatWasAcknowledgedAndInventNothing()
    {
        // Each on one thread, and as many at once as there are processors: a schedule shares nothing with another.
        var began = TimeProvider.System.GetTimestamp();
        Parallel.For(Seeds.From, Seeds.To, seed => new Simulation(seed).Run(steps: 120));
        var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        output.WriteLine($"{Seeds.To - Seeds.From} schedules, {(Seeds.To - Seeds.From) / seconds:F0} a second");
    }

    private static (int From, int To) ReadSeeds()
    {
        var parts = Environment.GetEnvironmentVariable("SIMULATION_SEEDS")?.Split('-');
        return parts is [var from, var to] ? (int.Parse(from), int.Parse(to)) : (0, 1000);
    }
}
