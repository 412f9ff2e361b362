namespace Selvedge.BuildOutput;

/// <summary>What a function needs to run.</summary>
public enum FunctionKind
{
    /// <summary>A runtime that is not supported; a call of it is an error.</summary>
    Other,

    /// <summary>Node.js.</summary>
    Node,

    /// <summary>A web-standard sandbox: <c>runtime</c> is <c>edge</c>.</summary>
    Edge,
}
