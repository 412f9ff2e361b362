namespace Selvedge.Routing.Phases;

/// <summary>Goes through the candidates of a phase in order, following the path as routes change it.</summary>
/// <param name="phase">The phase.</param>
internal struct PhaseCursor(PhaseRoutes phase)
{
    private IReadOnlyList<IndexedRoute> _candidates = [];
    private string? _path;
    private int _position;
    private int _order = -1;

    /// <summary>The next candidate for a path, or <see langword="null"/> after the last.</summary>
    public CompiledRoute? Next(string path)
    {
        if (!ReferenceEquals(path, _path))
            Seek(path);
        if (_position == _candidates.Count)
            return null;

        var next = _candidates[_position++];
        _order = next.Order;
        return next.Route;
    }

    private void Seek(string path)
    {
        _path = path;
        _candidates = phase.Candidates(path);
        _position = 0;
        while (_position < _candidates.Count && _candidates[_position].Order <= _order)
            _position++;
    }
}
