using System.CommandLine;

namespace ScaleFunctions.App.Commands;

/// <summary>A command with what a person types to use it, shown at the end of its help.</summary>
/// <param name="name">The word.</param>
/// <param name="description">What it does.</param>
/// <param name="examples">Whole lines, each as it is typed.</param>
internal sealed class Verb(string name, string description, params IReadOnlyList<string> examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples => examples;
}
