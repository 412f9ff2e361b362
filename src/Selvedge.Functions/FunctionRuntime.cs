namespace Selvedge.Functions;

/// <summary>What a function's code expects around it.</summary>
public enum FunctionRuntime
{
    /// <summary>Node.js.</summary>
    Node,

    /// <summary>
    /// Vercel's edge runtime: the web's globals, a few modules of Node.js, and no files. It keeps compatible code compatible; it is no
    /// sandbox against hostile code.
    /// </summary>
    Edge,
}
