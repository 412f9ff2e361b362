namespace Selvedge.BuildOutput;

/// <summary>Gathers what is wrong with an output, so that all of it is reported together. Bounded; not for several threads.</summary>
internal sealed class FaultLog(int maxFaults)
{
    private readonly List<BuildOutputFault> _faults = [];
    private int _omitted;

    /// <summary>Whether the output cannot be served.</summary>
    public bool Any => _faults.Count > 0;

    /// <summary>Adds a fault, unless enough are listed.</summary>
    public void Add(string file, string key, string message)
    {
        if (_faults.Count < maxFaults)
            _faults.Add(new(file, key, message));
        else
            _omitted++;
    }

    /// <summary>Adds a fault about a file that the system would not give.</summary>
    public void AddUnreadable(string file, Exception cause) => Add(file, "", $"Cannot be read: {cause.Message}");

    /// <summary>All faults, with a last one for those that are not listed.</summary>
    public IReadOnlyList<BuildOutputFault> ToList() =>
        _omitted == 0 ? [.. _faults] : [.. _faults, new(".", "", $"{_omitted} more faults are not listed; mend these first.")];
}
