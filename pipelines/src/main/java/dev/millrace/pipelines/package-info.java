/**
 * The pipelines that are composed of the transforms, one package each, and their {@link
 * dev.millrace.pipelines.Catalog}. A pipeline knows neither the runner that it will run on nor
 * whether its output will be published: it writes to a staging folder and accounts for every record
 * in a manifest there, or has that done commit by commit while it goes on. Start with {@link
 * dev.millrace.pipelines.ingest.Ingest}.
 */
package dev.millrace.pipelines;
