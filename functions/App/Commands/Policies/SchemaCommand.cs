using System.CommandLine;
using ScaleFunctions.Core.Policies.Schemas;

namespace ScaleFunctions.App.Commands.Policies;

/// <summary>Prints the JSON Schema of policy files, for editors.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        var command = new Verb(
            "schema", "The JSON Schema of policy files, for editors: completes names and marks mistakes while you type.",
            "sf schema > policies/policy.schema.json");
        command.SetAction(_ => Terminal.Write(PolicySchema.Text.TrimEnd()));
        return command;
    }
}
