//! The formats by name: what each is called, its media type and its file extension.

/// Defines a format enum from one table, so that a new format is one new line.
macro_rules! formats {
    ($(#[$doc:meta])* $enum:ident { $($(#[$variant_doc:meta])* $variant:ident: $name:literal, $media_type:literal, $extension:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $enum {
            $($(#[$variant_doc])* $variant,)+
        }

        impl $enum {
            /// Every format, in the order in which help texts list them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name used on the command line.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// The media type to serve it with.
            #[must_use]
            pub const fn media_type(self) -> &'static str {
                match self { $(Self::$variant => $media_type,)+ }
            }

            /// The file extension, without its dot.
            #[must_use]
            pub const fn extension(self) -> &'static str {
                match self { $(Self::$variant => $extension,)+ }
            }

            /// The format of that name; letter case does not matter.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|format| format.name().eq_ignore_ascii_case(name))
            }

            /// The first format with that file extension, given without its dot; letter case does
            /// not matter.
            #[must_use]
            pub fn from_extension(extension: &str) -> Option<Self> {
                Self::ALL
                    .iter()
                    .copied()
                    .find(|format| format.extension().eq_ignore_ascii_case(extension))
            }
        }

        impl std::fmt::Display for $enum {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}

formats! {
    /// The formats of a graph of events.
    GraphFormat {
        /// [Graphviz](https://graphviz.org/doc/info/lang.html).
        Dot: "dot", "text/vnd.graphviz", "dot";
        /// A picture, laid out here.
        Svg: "svg", "image/svg+xml", "svg";
        /// [GraphML](http://graphml.graphdrawing.org/), for networkx, igraph, yEd and Cytoscape.
        GraphMl: "graphml", "application/graphml+xml", "graphml";
        /// [GEXF 1.3](https://gexf.net/), for Gephi.
        Gexf: "gexf", "application/gexf+xml", "gexf";
        /// The elements of [Cytoscape.js](https://js.cytoscape.org/#notation/elements-json).
        Cyjs: "cyjs", "application/json", "cyjs";
        /// A [Mermaid](https://mermaid.js.org/syntax/flowchart.html) flowchart, for Markdown pages.
        Mermaid: "mermaid", "text/vnd.mermaid", "mmd";
    }
}

formats! {
    /// The formats of a timeline.
    TimelineFormat {
        /// CommonMark.
        Markdown: "md", "text/markdown; charset=utf-8", "md";
        /// One page without scripts or outside requests.
        Html: "html", "text/html; charset=utf-8", "html";
        /// A picture.
        Svg: "svg", "image/svg+xml", "svg";
        /// An array of entries, each as Annals holds it.
        Json: "json", "application/json", "json";
        /// One row for each entry, safe to open in a spreadsheet.
        Csv: "csv", "text/csv; charset=utf-8", "csv";
        /// [TimelineJS](https://timeline.knightlab.com/docs/json-format.html); leaves out entries
        /// whose year is unknown, and says how many.
        TimelineJs: "timelinejs", "application/json", "json";
        /// Items of [vis-timeline](https://visjs.github.io/vis-timeline/docs/timeline/#items);
        /// leaves out entries whose year is unknown.
        Vis: "vis", "application/json", "json";
        /// [iCalendar](https://www.rfc-editor.org/rfc/rfc5545); entries whose year is unknown are
        /// journal notes without a day.
        Ics: "ics", "text/calendar; charset=utf-8", "ics";
    }
}

formats! {
    /// The formats of RDF.
    RdfFormat {
        /// [N-Quads](https://www.w3.org/TR/n-quads/).
        NQuads: "nq", "application/n-quads", "nq";
        /// [TriG](https://www.w3.org/TR/trig/).
        TriG: "trig", "application/trig", "trig";
        /// [JSON-LD](https://www.w3.org/TR/json-ld11/).
        JsonLd: "jsonld", "application/ld+json", "jsonld";
        /// [Turtle](https://www.w3.org/TR/turtle/); merges the named graphs.
        Turtle: "ttl", "text/turtle", "ttl";
        /// [N-Triples](https://www.w3.org/TR/n-triples/); merges the named graphs.
        NTriples: "nt", "application/n-triples", "nt";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_and_extension_leads_back() {
        for format in GraphFormat::ALL {
            assert_eq!(GraphFormat::from_name(format.name()), Some(*format));
            assert_eq!(
                GraphFormat::from_extension(format.extension()),
                Some(*format)
            );
        }
        for format in TimelineFormat::ALL {
            assert_eq!(TimelineFormat::from_name(format.name()), Some(*format));
        }
        for format in RdfFormat::ALL {
            assert_eq!(RdfFormat::from_name(format.name()), Some(*format));
            assert_eq!(RdfFormat::from_extension(format.extension()), Some(*format));
        }
    }

    #[test]
    fn json_files_are_plain_entries_unless_named() {
        assert_eq!(
            TimelineFormat::from_extension("JSON"),
            Some(TimelineFormat::Json)
        );
        assert_eq!(
            TimelineFormat::from_name("TimelineJS"),
            Some(TimelineFormat::TimelineJs)
        );
        assert_eq!(TimelineFormat::from_name("docx"), None);
    }
}
